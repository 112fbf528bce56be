//! The two-provinces check against invented addresses, and against every name there is.

use super::tests::every_place;
use super::{address, columns, last_name, name, short_name};
use crate::order::Region;

fn two_provinces(
    province: &str,
    city: &str,
    district: &str,
    street: &str,
    text: &str,
) -> Option<(Region, Region)> {
    address(columns(province, city, district), street, text).two
}

#[test]
fn two_provinces_are_told_apart_from_names_of_other_things() {
    let mut wrong = Vec::new();
    let mut counts = [0, 0];
    let mut rows = csv::Reader::from_reader(include_str!("two_provinces.csv").as_bytes());
    for row in rows.deserialize() {
        let [province, city, district, street, address, expected]: [String; 6] = row.unwrap();
        let found = two_provinces(&province, &city, &district, &street, &address);
        counts[usize::from(expected == "y")] += 1;
        if found.is_some() != (expected == "y") {
            let found = found.map(|(a, b)| (name(a), name(b)));
            wrong.push(format!("{expected} {province}|{city}|{district}|{street}|{address} -> {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {counts:?}", wrong.join("\n"), wrong.len());
    assert!(counts[0] >= 150 && counts[1] >= 70, "{counts:?}");
}

#[test]
fn the_two_places_are_told_as_deep_as_they_are_named() {
    let find = |address: &str| {
        two_provinces("云南省", "昆明市", "盘龙区", "", address).map(|(a, b)| (a.code(), b.code()))
    };
    assert_eq!(find("人民路1号转西藏拉萨市城关区"), Some((530_103, 540_102)));
    assert_eq!(find("请转运到拉萨"), Some((530_103, 540_100)));
    assert_eq!(find("(实际收货新疆喀什)"), Some((530_103, 653_100)));
    let pair = two_provinces("", "", "", "", "云南,拉萨").map(|(a, b)| (a.code(), b.code()));
    assert_eq!(pair, Some((530_000, 540_100)));
}

#[test]
fn no_place_is_two_provinces_with_itself() {
    for (region, ..) in every_place() {
        let path = name(region);
        let parts: Vec<&str> = path.split('/').collect();
        let [province, city, district] = [0, 1, 2].map(|nth| parts.get(nth).copied().unwrap_or_default());
        let joined = parts.concat();
        for address in [
            joined.clone(),
            format!("{joined}中山路12号"),
            format!("{joined} 北京东路12号重庆小面馆"),
            short_name(region).replace('/', " "),
        ] {
            assert_eq!(two_provinces(province, city, district, "", &address), None, "{path}: {address}");
            assert_eq!(two_provinces("", "", "", "", &address), None, "{address}");
        }
    }
}

/// What follows a place name in names of roads, estates, schools, shops and dishes.
const TAILS: &str = "路 东路12号 街 大道88号 中路 小区3栋 花园 大学 酒家 饭店 小面馆 小吃 村 镇 街道 大厦 人家 银行 商会 \
    大酒店 里12号 桥头 街小学 路小区 新村 北里 老火锅 特产店 会馆 烧烤 步行街 人民路小吃店 二路 西一巷 有限公司";

#[test]
fn every_province_and_city_may_be_part_of_another_name_or_be_meant() {
    for (region, full, short) in every_place().into_iter().filter(|(r, ..)| r.code() % 100 == 0) {
        let in_hubei = region.code() / 10_000 == 42;
        let home = if in_hubei {
            ["四川省", "成都市", "武侯区"]
        } else {
            ["湖北省", "武汉市", "武昌区"]
        };
        let find = |address: &str| two_provinces(home[0], home[1], home[2], "", address);
        for tail in TAILS.split_ascii_whitespace() {
            for head in ["", "幸福", "明珠", "人民路", "武昌区", "3栋", "新"] {
                let address = format!("{head}{short}{tail}");
                assert_eq!(find(&address), None, "{address}");
            }
        }
        let mut meant = vec![full.to_owned(), format!("人民路1号转{full}"), format!("人民路1号,转到{short}")];
        // 台湾新竹 and 台湾嘉义 may be the city or the county.
        if !["新竹", "嘉义"].contains(&short) {
            meant.push(format!("{}{short}", last_name(region.province())));
        }
        for address in meant {
            assert!(find(&address).is_some(), "{address}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_strange(parts in proptest::collection::vec("云南|拉萨|转|,|（|）|路|省|海南州|𠀀|é|\\PC{0,4}", 0..12)) {
        let text = parts.concat();
        let _ = two_provinces("", "", "", "", &text);
        let _ = two_provinces("云南", &text, "", &text, &text);
        let _ = (super::from_address(&text), super::parse(&text), super::from_columns(&text, &text, &text));
    }
}
