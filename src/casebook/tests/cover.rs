//! Facts touch the orders that they should.

use super::{at, one};
use crate::casebook::*;
use crate::normalise::region::from_columns;
use crate::order::{Marketplace, Region};

fn scene<'a>(store: &'a str, service: &'a str, ordered: &str) -> Scene<'a> {
    Scene {
        store,
        ends: [from_columns("四川", "成都市", "武侯区"), from_columns("湖北", "武汉市", "武昌区")],
        service,
        ordered_at: (ordered != "-").then(|| at(ordered)),
        paid_at: Some(at("2026-11-06 12:00")),
        day_zone: CASEBOOK_ZONE,
    }
}

#[test]
fn a_notice_covers_by_store_place_service_window_and_opting_out() {
    const BASE: &str = "marketplace=douyin|kind=发货|";
    for (given, store, service, ordered, expected) in [
        ("side=destination|region=湖北/武汉", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=destination|region=湖北/武汉/武昌", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=destination|region=湖北/武汉/汉阳区", "A", "", "2026-11-06 10:00", Err(Miss::Place)),
        ("side=origin|region=湖北", "A", "", "2026-11-06 10:00", Err(Miss::Place)),
        ("side=origin|region=CN", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=origin|region=香港", "A", "", "2026-11-06 10:00", Err(Miss::Place)),
        ("side=either|region=四川", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=either|region=美国", "A", "", "2026-11-06 10:00", Err(Miss::Place)),
        ("side=origin", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=origin|store=a ", "A", "", "2026-11-06 10:00", Ok(())),
        ("side=origin|store=B", "A", "", "2026-11-06 10:00", Err(Miss::Store)),
        ("side=origin|service=speedpak", "A", "eBay SpeedPAK Economy", "2026-11-06 10:00", Ok(())),
        ("side=origin|service=speedpak", "A", "ePacket", "2026-11-06 10:00", Err(Miss::Service)),
        ("side=origin|service=speedpak", "A", "", "2026-11-06 10:00", Err(Miss::Service)),
        ("side=origin|ordered_from=2026-11-05|ordered_to=2026-11-06", "A", "", "2026-11-06 23:59:59", Ok(())),
        (
            "side=origin|ordered_from=2026-11-05|ordered_to=2026-11-06",
            "A",
            "",
            "2026-11-07",
            Err(Miss::Window),
        ),
        ("side=origin|ordered_from=2026-11-05 08:00", "A", "", "2026-11-05 08:00", Ok(())),
        ("side=origin|ordered_from=2026-11-05 08:00", "A", "", "2026-11-05 07:59:59", Err(Miss::Window)),
        ("side=origin|ordered_from=2026-11-05", "A", "", "-", Err(Miss::TimeUnknown)),
        ("side=origin", "A", "", "-", Ok(())),
        ("side=origin|paid_to=2026-11-06", "A", "", "-", Ok(())),
        ("side=origin|paid_to=2026-11-05", "A", "", "2026-11-01", Err(Miss::Window)),
        ("side=origin|opted_out=n|opted_out_at=2026-11-05", "A", "", "2026-11-06", Ok(())),
        ("side=origin|opted_out=y", "A", "", "2026-11-06", Err(Miss::OptedOut)),
        ("side=origin|opted_out=是|opted_out_at=2026-11-06 09:00", "A", "", "2026-11-06 09:00", Ok(())),
        (
            "side=origin|opted_out=是|opted_out_at=2026-11-06 09:00",
            "A",
            "",
            "2026-11-06 09:01",
            Err(Miss::OptedOut),
        ),
        ("side=origin|opted_out=是|ordered_to=2026-11-05", "A", "", "2026-11-06 09:01", Err(Miss::Window)),
    ] {
        let casebook = one("notice", &format!("{BASE}{given}"));
        let notice = casebook.notices(Marketplace::Douyin).next().expect("the notice");
        let scene = scene(store, service, ordered);
        assert_eq!(notice.fit(&scene), expected, "{given} {ordered}");
        assert_eq!(notice.covers(&scene), expected.is_ok());
        assert_eq!(casebook.notices(Marketplace::Jd).count(), 0);
    }
}

#[test]
fn a_place_unknown_is_told_from_another_place() {
    let casebook = one("notice", "marketplace=jd|kind=shipping|side=destination|region=湖北");
    let notice = casebook.notices(Marketplace::Jd).next().expect("the notice");
    let unknown = Scene { ends: [Region::UNKNOWN; 2], ..scene("A", "", "2026-11-06") };
    assert_eq!(notice.fit(&unknown), Err(Miss::PlaceUnknown));
}

#[test]
fn a_filing_covers_by_its_orders_or_by_region_and_window() {
    const BASE: &str = "marketplace=douyin|kind=区域报备|submitted_at=2026-11-06 10:00|status=已通过|";
    for (given, id, expected) in [
        ("order_id=42", "42", Ok(())),
        ("order_id=41；42", "42", Ok(())),
        ("order_id=41", "42", Err(Miss::Order)),
        ("order_id=42|window_to=2026-01-01", "42", Ok(())),
        ("order_id=42|store=A", "42", Ok(())),
        ("order_id=42|store=B", "42", Err(Miss::Store)),
        ("", "42", Err(Miss::Unbounded)),
        ("store=A", "42", Err(Miss::Unbounded)),
        ("store=A|window_from=2026-11-06", "42", Ok(())),
        ("store=B|window_from=2026-11-06", "42", Err(Miss::Store)),
        ("regions=河南、湖北/武汉\n广东", "42", Ok(())),
        ("regions=四川/成都", "42", Ok(())),
        ("regions=河南；广东", "42", Err(Miss::Place)),
        ("regions=湖北|window_from=2026-11-06|window_to=2026-11-06", "42", Ok(())),
        ("regions=湖北|window_from=2026-11-07", "42", Err(Miss::Window)),
    ] {
        let casebook = one("filing", &format!("{BASE}{given}"));
        let filing = casebook.all_filings().next().expect("the filing");
        assert_eq!(filing.fit(id, &scene("A", "", "2026-11-06 10:00")), expected, "{given}");
        // A look-up leads to every filing that fits.
        let found = casebook.filings_about(Marketplace::Douyin, id).count();
        assert_eq!(found == 1, expected != Err(Miss::Order), "{given}");
    }
    let evidence = one("filing", &format!("{BASE}order_id=1|chat_evidence=y|chat_told=n"));
    let chat = evidence.filings_of(Marketplace::Douyin, "1").next().expect("the filing").chat;
    assert_eq!(chat, Chat { ids: true, told: false, agreed: false });
}

#[test]
fn a_region_covers_what_is_below_it_and_a_row_in_a_city_speaks_for_the_city() {
    let casebook =
        one("region", "region=河南/郑州/中原区|risk=高|from=2026-11-06|to=2026-11-12|carriers=EMS、顺丰");
    let state = &casebook.all_regions()[0];
    let (district, city) = (from_columns("河南", "郑州市", "中原区"), from_columns("河南", "郑州市", ""));
    let noon = at("2026-11-08 12:00");
    assert!(state.covers(district, noon, CASEBOOK_ZONE) && !state.covers(city, noon, CASEBOOK_ZONE));
    assert!(!state.covers(district, at("2026-11-13"), CASEBOOK_ZONE));
    assert!(state.overlaps(district, at("2026-11-12 20:00"), at("2026-11-14"), CASEBOOK_ZONE));
    assert!(state.touches_city_of(from_columns("河南", "郑州市", "金水区")));
    assert!(!state.touches_city_of(from_columns("河南", "洛阳市", "")));
    let touches = |region: &str, place| {
        let casebook = one("region", &format!("region={region}|risk=高|from=2026-11-06"));
        casebook.all_regions()[0].touches_city_of(place)
    };
    let (pudong, xiantao) = (from_columns("上海", "上海市", "浦东新区"), from_columns("湖北", "仙桃市", ""));
    assert!(touches("上海/黄浦区", pudong) && touches("湖北/仙桃", xiantao) && touches("湖北", xiantao));
    assert!(!touches("湖北/潜江", xiantao) && !touches("湖北/武汉", xiantao) && !touches("北京", pudong));
    assert_eq!(state.reopens_at(CASEBOOK_ZONE), Some(at("2026-11-13")));
    assert_eq!((state.risk, state.carriers.len()), (Risk::High, 2));
    assert_eq!(casebook.regions_about(city).count(), 1);
    assert_eq!(casebook.regions_about(from_columns("湖北", "", "")).count(), 0);
    let mainland = one("region", "region=CN|couriers_suspended=6|from=2026-11-06");
    assert_eq!(mainland.regions_about(city).count(), 1);
    assert_eq!(mainland.regions_about(from_columns("香港", "", "")).count(), 0);
    assert!(one("region", "region=美国|from=2026-11-06").regions_about(Region::UNKNOWN).next().is_none());
}
