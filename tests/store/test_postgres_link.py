"""The connection to a PostgreSQL server that owns the store on it."""

import pytest

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from seqloom.errors import InputError, SettingsError, StorageError  # noqa: E402 - after the optional package
from seqloom.store.postgres_link import Link, _read  # noqa: E402 - as above

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def schema(server):
    """An empty schema."""
    return server.new_schema()


def cut(server):
    """Ends every connection to the server but the one that says so."""
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'seqloom'")


def test_every_commit_reaches_the_disk(server, schema):
    """Also where the server's default is to answer earlier."""
    server.sql("ALTER ROLE owner IN DATABASE postgres SET synchronous_commit = 'off'")
    link = Link(server.url(schema))
    assert link.run("SHOW synchronous_commit") == [("on",)]
    link.close()
    server.sql("ALTER ROLE owner IN DATABASE postgres RESET synchronous_commit")


def test_each_owner_has_a_higher_number(server, schema):
    """It stands in the store, for all to see."""
    for number in (1, 2, 3):
        link = Link(server.url(schema))
        assert link.owner == number
        assert link.run("SELECT owner FROM seqloom_store") == [(number,)]
        link.close()


def test_stores_in_two_schemas_have_two_owners(server, schema):
    """One database may hold the stores of several models."""
    one, other = Link(server.url(schema)), Link(server.url(server.new_schema()))
    with pytest.raises(StorageError, match="another server owns"):
        Link(server.url(schema))
    one.close()
    other.close()


def test_a_lost_connection_is_made_again(server, schema):
    """The call that finds it lost says so, the next one works; the store stays ours."""
    link = Link(server.url(schema))
    cut(server)
    with pytest.raises(StorageError, match="expected a server that answers, came terminating connection"):
        link.run("SELECT 1")
    assert link.run("SELECT 1") == [(1,)]
    assert link.owner == 1
    with pytest.raises(StorageError, match="another server owns"):
        Link(server.url(schema))
    link.close()


def test_an_owner_that_was_replaced_is_refused_for_good(server, schema):
    """While the new one is there, and after it is gone: what this one remembers is of yesterday."""
    link = Link(server.url(schema))
    cut(server)
    other = Link(server.url(schema))
    for words in ("expected a server that answers", "another server owns", "another server owns"):
        with pytest.raises(StorageError, match=words):
            link.run("SELECT 1")
    other.close()
    for _ in range(2):
        with pytest.raises(StorageError, match="another server that took it over"):
            link.run("SELECT 1")
    link.close()
    Link(server.url(schema)).close()


def test_a_statement_that_fails_leaves_the_connection(server, schema):
    """Its error is one line."""
    link = Link(server.url(schema))
    with pytest.raises(StorageError, match='relation "nowhere" does not exist') as refused:
        link.run("SELECT * FROM nowhere")
    assert "\n" not in str(refused.value)
    assert link.run("SELECT 1") == [(1,)]
    link.close()


def test_a_closed_link_does_not_open_itself(server, schema):
    """It was given back."""
    link = Link(server.url(schema))
    link.close()
    link.close()
    with pytest.raises(StorageError, match="closed"):
        link.run("SELECT 1")


def test_a_store_of_another_version_is_left_alone(server, schema):
    """And it is not owned by who was refused."""
    Link(server.url(schema)).close()
    server.sql(f"UPDATE {schema}.seqloom_store SET version = 2")
    for _ in range(2):
        with pytest.raises(InputError, match="expected a store of version 1, came one of version 2"):
            Link(server.url(schema))


def test_a_database_of_another_encoding_is_refused(server):
    """Not every name could be kept in it."""
    server.sql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(InputError, match="expected a database in UTF-8, came encoding LATIN1"):
        Link(server.url("public").replace("/postgres?", "/latin?"))


def test_a_search_path_that_leads_nowhere_is_refused(server):
    """Tables need a schema."""
    with pytest.raises(InputError, match="a search path without a schema"):
        Link(server.url("nowhere"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("/postgres?", "/nowhere?"), 'database "nowhere" does not exist'),
        (("owner:", "stranger:"), 'role "stranger" does not exist'),
        (("host=/", "host=/nowhere/"), "failed"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_in_one_line(server, change, words):
    """The message names where, and not the password."""
    with pytest.raises(StorageError, match=words) as refused:
        Link(server.url("public").replace(*change))
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_address_is_shown_without_its_secrets():
    """Neither who nor what opens it."""
    for address in (
        "postgresql://me:secret@host:5433/live?sslmode=require",
        "postgresql://host:5433/live?user=me&password=secret",
    ):
        shown, conninfo = _read(address)
        assert shown == "postgresql://host:5433/live"
        assert "secret" in conninfo
    assert _read("postgresql://")[0] == "postgresql://localhost/"


def test_what_the_address_says_of_the_connection_counts():
    """The defaults are for what it does not say."""
    assert "connect_timeout=60" in _read("postgresql://host/live?connect_timeout=60")[1]
    assert "connect_timeout=5" in _read("postgresql://host/live")[1]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:sec@ret@host/live",
        "postgresql://me:sec:ret@@host/live",
        "postgresql://me:12/secret@host/live",
        "postgresql://me:sec/ret@host/live",
        "postgresql://me:secret@host:port/live",
        "postgresql://host/live?secret",
        "postgresql://host/live?no_such=secret",
        "postgresql://%zz:secret@host/live",
    ],
)
def test_a_password_with_signs_of_an_address_is_not_shown(address):
    """Whatever the rest of it is taken for; the message says how to write it."""
    with pytest.raises(SettingsError, match="write special characters of the password as %-escapes") as refused:
        Link(address)
    assert "sec" not in str(refused.value)
    assert "ret" not in str(refused.value).replace("secret", "")
