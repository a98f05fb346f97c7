from cms.plugins import PortalPlugin


class DirectoryConfig(PortalPlugin):
    name = "directory"
