"""A Pulumi resource provider for AWS: checked by the SDK's own types, carried out over boto3."""
