"""The proposal of a deal: drafted from its findings, shown section by section, written as a document."""
