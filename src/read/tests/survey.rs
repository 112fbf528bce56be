//! What a reader of workbooks holds at once, told from tags that only look like some.

use crate::read::survey::Scan;

/// The longest stretch and the merged areas, the same however the part is cut into pieces.
fn scan(part: &str) -> (u64, usize) {
    let whole = |size: usize| {
        let mut scan = Scan::default();
        part.as_bytes().chunks(size).for_each(|piece| scan.feed(piece));
        (scan.longest, scan.merges)
    };
    let found = whole(part.len());
    for size in 1..=13 {
        assert_eq!(whole(size), found, "{size}: {part}");
    }
    found
}

#[test]
fn a_tag_outside_of_cells_and_the_end_of_a_cell_end_a_stretch() {
    assert_eq!(scan("<row><c/><x:c r='>'><v>12</v></x:c ></row>"), (27, 0));
    assert_eq!(scan("<mergeCells><a:mergeCell ref=\"A1:B2\"/><mergeCell /><mergeCellX/></mergeCells>").1, 2);
    assert_eq!(scan("<row><c><f><f></f></f><is><t/><t>1</t></is></c><c>"), (42, 0));
}

#[test]
fn what_only_looks_like_the_end_of_a_cell_is_none() {
    let long = "</c><c r='1'>".repeat(9);
    let all = long.len() as u64;
    for (before, after) in [
        ("<c><!--", "--></c>"),
        ("<c><!-->", "--></c>"),
        ("<c><![CDATA[", "]]></c>"),
        ("<c><?x ", "?></c>"),
        ("<c x=\"", "\"></c>"),
        ("<a x=\"", "\"/>"),
        ("</a \"", "\">"),
        ("<!--", "-->"),
        ("<!DOCTYPE [<!ENTITY a 'b'>", "]>"),
        ("<c><is>", "</is></c>"),
        ("<c><is></x>", "</is></c>"),
        ("<c><is><x>", "</is></c>"),
        ("<c><a:is></is>", "</a:is></c>"),
        ("<c><is></is x>", "</is></c>"),
        (
            "<c><averyverylongnameofanelementthatnobodyhas></averyverylongnameofanelementthatnobodyhas>",
            "</c>",
        ),
    ] {
        assert!(scan(&format!("{before}{long}{after}")).0 >= all, "{before}");
    }
    assert!(scan(&long).0 < 20);
}
