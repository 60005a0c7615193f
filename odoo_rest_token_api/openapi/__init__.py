"""Descriptions of the services, for Swagger UI, readers and generated clients."""
