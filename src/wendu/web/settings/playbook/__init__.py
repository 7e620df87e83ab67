"""The playbook in the browser: versions, drafts in forms, what a draft would do, publishing and rolling back."""
