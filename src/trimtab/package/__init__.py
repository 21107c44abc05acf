"""The components as a Pulumi package, for programs in TypeScript, Go, C#, Java and YAML.

The folder is a component plugin: `pulumi package get-schema` and `pulumi package add` take its path. The schema is made
of what the Python components say of themselves: the type hints of their inputs, the models of their declarations.
"""
