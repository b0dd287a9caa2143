from config.embedded.servers import running_servers, temporary_servers


def test_given_servers_are_used_and_none_is_started(tmp_path):
    given = {
        "DATABASE_URL": "postgres://app@host/portal",
        "DATABASE_OWNER_URL": "postgres://owner@host/portal",
        "REDIS_URL": "redis://host",
    }
    with running_servers(tmp_path, given, durable=True) as servers:
        assert servers.addresses == given
    assert list(tmp_path.iterdir()) == []


def test_one_given_role_serves_and_migrates(tmp_path):
    given = {"DATABASE_URL": "postgres://all@host/portal", "REDIS_URL": "redis://host"}
    with running_servers(tmp_path, given, durable=True) as servers:
        owner_url = servers.addresses["DATABASE_OWNER_URL"]
    assert owner_url == "postgres://all@host/portal"


def test_what_is_not_given_is_started():
    with temporary_servers({"REDIS_URL": "redis://host"}) as addresses:
        assert addresses["REDIS_URL"] == "redis://host"
        assert "portal_app" in addresses["DATABASE_URL"]
        assert "portal_owner" in addresses["DATABASE_OWNER_URL"]
