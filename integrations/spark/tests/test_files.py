from shipby_spark import Export, bundles, list_exports


def test_exports_are_found_as_shipby_finds_them(tmp_path):
    for name in ["a/orders.CSV", "a/deep/er.xlsx", "b.csv", "a/~$lock.xlsx", "a/.hidden.csv", ".git/x.csv", "a/read.me"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
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
