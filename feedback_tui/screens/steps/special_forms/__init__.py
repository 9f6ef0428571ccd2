"""Changes to the forms of steps beyond their records: fields that depend on the case, or that combine several
inputs."""
