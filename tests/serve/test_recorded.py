"""Records of a running server."""

import pytest

from seqloom.serve import recorded


def test_records_come_in_order_and_say_where_to_go_on(client, body, store):
    """All that was predicted, as the store has it."""
    client.post("/v1/streams/a/readings", json=body(0, 1))
    page = client.get("/v1/records").json()
    assert [one["seq"] for one in page["records"]] == [0, 1]
    client.post("/v1/streams/b/readings", json=body(0))
    after = ",".join(map(str, page["after"]))
    assert [one["stream"] for one in client.get(f"/v1/records?after={after}").json()["records"]] == ["b"]
    assert recorded.Page((0, -1)).streams == ()


@pytest.mark.parametrize("after", ["1", "1,2,3", "a,b", "1,-2", f"{2**63},0", "9" * 100 + ",0", ""])
def test_a_place_that_is_none_is_refused(client, after):
    """Nothing is read."""
    refused = client.get(f"/v1/records?after={after}")
    assert (refused.status_code, refused.json()["error"]["where"]) == (422, "query, after")


def test_only_an_administrator_reads_the_records_of_all(guarded, bearer):
    """They hold what everybody sent."""
    assert guarded.get("/v1/records", headers=bearer("client")).status_code == 403
    assert guarded.get("/v1/records", headers=bearer("administrator")).json() == {"records": [], "after": [0, -1]}
