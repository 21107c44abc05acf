"""`python -m trimtab.local.awsprovider [ENGINE_ADDRESS]`: the resource plugin `aws`."""

from trimtab.local.awsprovider.server import serve

if __name__ == "__main__":
    serve()
