from cms.plugins import PortalPlugin


class HomeConfig(PortalPlugin):
    name = "home"
