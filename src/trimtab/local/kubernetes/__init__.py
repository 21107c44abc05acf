"""The embedded cluster: etcd, Kubernetes' own API server, the operators' custom resources, the real provider."""
