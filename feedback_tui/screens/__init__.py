"""The screens. Each shows frozen rows read from `desk`, and takes steps through the verbs of `casework`."""
