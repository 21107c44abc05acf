"""A Python language host for the Pulumi engine, for engines that come without the official one.

The engine starts `pulumi-language-python`, reads a port from its first line and calls `pulumirpc.LanguageRuntime`
on it. The messages are those of the installed Pulumi SDK (`pulumi.runtime.proto.language_pb2`).
"""
