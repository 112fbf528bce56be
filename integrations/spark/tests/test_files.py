import os

from shipby_spark import Export, bundles, list_exports
from shipby_spark.hadoop import is_local, local_path


def test_exports_are_found_as_shipby_finds_them(tmp_path):
    for name in ["a/orders.CSV", "a/deep/er.xlsx", "b.csv", "a/~$lock.xlsx", "a/.hidden.csv", ".git/x.csv", "a/read.me"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    os.symlink(tmp_path / "b.csv", tmp_path / "link.csv")
    os.symlink(tmp_path / "a", tmp_path / "linked")
    found = list_exports(str(tmp_path))
    assert [export.path for export in found] == ["a/deep/er.xlsx", "a/orders.CSV", "b.csv"]
    assert [export.store for export in found] == ["a", "a", ""]


def test_a_store_is_never_split_and_small_ones_go_together():
    exports = [Export("a/1.csv", 60), Export("a/2.csv", 60), Export("b/1.csv", 30), Export("c/1.csv", 30)]
    made = bundles(exports, 100)
    assert [bundle.stores for bundle in made] == [("a",), ("b", "c")]
    assert [bundle.number for bundle in made] == [0, 1]
    assert [len(bundle.stores) for bundle in bundles(exports, 0)] == [1, 1, 1]
    assert bundles([], 100) == []
    assert [len(bundle.stores) for bundle in bundles(exports, 100, bundle_stores=1)] == [1, 1, 1]


def test_ten_thousand_small_stores_are_a_few_bundles():
    made = bundles([Export(f"{n}/orders.csv", 10) for n in range(10_000)])
    assert len(made) == 10 and sum(len(bundle.stores) for bundle in made) == 10_000


def test_what_is_local_is_told_from_what_is_not():
    for uri in ["exports", "/exports", "file:/exports", "file:///exports"]:
        assert is_local(uri)
    assert [local_path(uri) for uri in ["/a b/%20", "file:/a%20b", "file:///a"]] == ["/a b/%20", "/a%20b", "/a"]
    assert not any(is_local(uri) for uri in ["s3a://lake/x", "hdfs:///x", "viewfs://lake/x"])
