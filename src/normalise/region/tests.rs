use super::gazetteer::{Form, gazetteer, head};
use super::{Place, country, from_address, from_columns, last_name, name, parse, short_name};
use crate::order::Region;

fn code(text: &str) -> u32 {
    match parse(text) {
        Some(Place::China(region)) => region.code(),
        _ => 0,
    }
}

#[test]
fn the_table_is_whole() {
    let all = gazetteer().spellings();
    assert!(all.len() > 6000);
    for spelling in all {
        assert!(gazetteer().names(spelling.region).is_some(), "{} has no row in regions.csv", spelling.text);
        assert!(
            head(spelling.text.as_bytes()).is_some() || spelling.form == Form::Short,
            "{}",
            spelling.text
        );
    }
    let provinces = all.iter().filter(|s| s.region.code() % 10_000 == 0 && s.form == Form::Full);
    assert!(provinces.count() >= 34);
}

#[test]
fn columns_are_followed_as_deep_as_they_agree() {
    for (province, city, district, expected) in [
        ("湖北省", "武汉市", "武昌区", 420_106),
        ("湖北", "武汉", "武昌", 420_106),
        ("上海", "上海市", "市辖区", 310_000),
        ("上海市", "上海市", "浦东新区", 310_115),
        ("上海", "市辖区", "闸北区", 310_106),
        ("重庆市", "县", "城口县", 500_229),
        ("重庆市", "重庆市", "开县", 500_154),
        ("湖北省", "省直辖县级行政区划", "仙桃市", 429_004),
        ("湖北省", "仙桃市", "张沟镇", 429_004),
        ("湖北省", "恩施土家族苗族自治州", "恩施市", 422_801),
        ("湖北省", "恩施州", "", 422_800),
        ("湖北", "恩施", "利川市", 422_802),
        ("湖北省", "襄樊市", "襄阳区", 420_607),
        ("广东省", "东莞市", "长安镇", 441_900),
        ("海南省", "儋州市", "那大镇", 460_400),
        ("海南省", "琼海市", "", 469_002),
        ("河南省", "济源市", "济源市", 419_001),
        ("四川省", "成都市", "双流县", 510_116),
        ("四川省", "成都市", "郫县", 510_117),
        ("江苏省", "苏州市", "吴江市", 320_509),
        ("江苏省", "苏州市", "工业园区", 320_576),
        ("江苏省", "徐州市", "鼓楼区", 320_302),
        ("云南省", "大理市", "祥云县", 532_923),
        ("云南省", "大理白族自治州", "大理市", 532_901),
        ("青海省", "海南藏族自治州", "共和县", 632_521),
        ("青海", "海南州", "", 632_500),
        ("吉林", "吉林市", "船营区", 220_204),
        ("吉林省", "吉林", "", 220_200),
        ("辽宁省", "朝阳市", "双塔区", 211_302),
        ("北京市", "北京市", "朝阳区", 110_105),
        ("河北省", "雄安新区", "容城县", 130_629),
        ("浙江省", "义乌市", "", 330_782),
        ("新疆", "自治区直辖县级行政区划", "石河子市", 659_001),
        ("香港特别行政区", "九龙", "油尖旺区", 810_005),
        ("台湾省", "台北市", "大安区", 710_100),
        ("", "深圳市", "福田区", 440_304),
        ("", "", "福田区", 440_304),
        ("", "", "鼓楼区", 0),
        ("湖北省", "***", "", 420_000),
        ("**", "**", "**", 0),
        ("广东省", "长沙市", "", 440_000),
        (" 广东省\t", "深圳市", "不详", 440_300),
        ("陕西省", "西安市", "碑林区", 610_103),
        ("山东省", "莱芜市", "莱城区", 370_116),
        ("广东省深圳市", "", "", 440_300),
        ("内蒙古", "呼和浩特市", "新城区", 150_102),
        ("内蒙古自治区", "乌海市", "海南区", 150_303),
    ] {
        assert_eq!(from_columns(province, city, district).code(), expected, "{province}|{city}|{district}");
    }
}

#[test]
fn an_address_is_read_from_its_beginning() {
    for (address, expected) in [
        ("广东深圳市福田区深南大道1号", 440_304),
        ("陕西安康市紫阳县**********", 610_924),
        ("湖北省 武汉市 武昌区 某路", 420_106),
        ("上海上海市浦东新区世纪大道", 310_115),
        ("北京北京市朝阳区", 110_105),
        ("北京朝阳区建国路", 110_105),
        ("湖北武汉洪山区", 420_111),
        ("湖北仙桃市沙嘴", 429_004),
        ("湖北省省直辖县级行政区划潜江市", 429_005),
        ("广东东莞市长安镇", 441_900),
        ("吉林吉林市船营区", 220_204),
        ("吉林省吉林市", 220_200),
        ("青海海南州共和县", 632_521),
        ("青海省海南藏族自治州共和县", 632_521),
        ("河南南阳市卧龙区", 411_303),
        ("河南省南阳市", 411_300),
        ("云南通海县", 530_423),
        ("天津市河北区", 120_105),
        ("内蒙古乌海市海南区", 150_303),
        ("重庆市县城口县", 500_229),
        ("四川成都市双流县", 510_116),
        ("江苏省吴江市", 320_509),
        ("中国广东省广州市天河区", 440_106),
        ("西藏拉萨市城关区", 540_102),
        ("新疆喀什地区喀什市", 653_101),
        ("广东****", 440_000),
        ("南京东路100号", 0),
        ("重庆小面馆", 0),
        ("北京大学深圳研究院", 0),
        ("上海路12号", 0),
        ("朝阳区建国路", 0),
        ("", 0),
        ("*****", 0),
        ("Room 5, Building 2", 0),
    ] {
        assert_eq!(from_address(address).code(), expected, "{address}");
    }
}

#[test]
fn people_write_regions_in_many_ways() {
    for (text, expected) in [
        ("湖北", 420_000),
        ("湖北省", 420_000),
        ("恩施州", 422_800),
        ("恩施", 422_800),
        ("恩施市", 422_801),
        ("恩施土家族苗族自治州", 422_800),
        ("湖北/恩施", 422_800),
        ("湖北/恩施/恩施", 422_801),
        ("湖北/武汉/武昌", 420_106),
        ("湖北 / 武汉市 / 武昌区", 420_106),
        ("湖北省武汉市武昌区", 420_106),
        ("湖北武汉", 420_100),
        ("湖北/武昌", 420_106),
        ("襄樊", 420_600),
        ("湘西州", 433_100),
        ("黔东南", 522_600),
        ("延边州", 222_400),
        ("内蒙", 150_000),
        ("广西", 450_000),
        ("沪", 310_000),
        ("上海/上海市/浦东新区", 310_115),
        ("朝阳", 211_300),
        ("朝阳市", 211_300),
        ("北京/朝阳", 110_105),
        ("吉林", 220_000),
        ("吉林市", 220_200),
        ("吉林/吉林", 220_200),
        ("海南", 460_000),
        ("青海/海南", 632_500),
        ("大理", 532_900),
        ("中国/湖北", 420_000),
        ("仙桃", 429_004),
        ("湖北/仙桃", 429_004),
        ("义乌", 330_782),
        ("上海市市辖区", 310_000),
        ("上海/市辖区/浦东新区", 310_115),
        ("甘肃/临夏/临夏", 0),
        ("香港", 810_000),
        ("HK", 810_000),
        ("Hong Kong", 810_000),
        ("澳门", 820_000),
        ("台湾", 710_000),
        ("CN", 1),
        ("中国", 1),
        ("China", 1),
        ("mainland", 1),
        ("大陆", 1),
        ("Shenzhen, China", 1),
        ("鼓楼区", 0),
        ("江苏/鼓楼区", 0),
        ("江苏/徐州/鼓楼区", 320_302),
        ("朝阳区", 0),
        ("通州", 0),
        ("高新区", 0),
        ("湖北/长沙", 0),
        ("湖北/不知道", 0),
        ("湖北武汉某处", 0),
        ("某省", 0),
        ("", 0),
        ("/", 0),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
    for (text, expected) in
        [("US", "US"), ("united states", "US"), ("美国", "US"), ("UK", "GB"), ("Deutschland", "DE")]
    {
        assert_eq!(parse(text), Some(Place::Foreign(expected)), "{text}");
    }
}

#[test]
fn countries_of_exports_are_known() {
    assert_eq!(country("China"), Some(Place::China(Region::MAINLAND)));
    assert_eq!(country(" hong kong "), Some(Place::China(Region::from_code(810_000))));
    assert_eq!(country("United States"), Some(Place::Foreign("US")));
    assert_eq!(country("Korea, South"), Some(Place::Foreign("KR")));
    assert_eq!((country(""), country("湖北"), country("Atlantis")), (None, None, None));
}

#[test]
fn names_are_shown_from_the_province_down() {
    for (region, full, short, last) in [
        (420_106, "湖北省/武汉市/武昌区", "湖北/武汉/武昌", "武昌"),
        (420_100, "湖北省/武汉市", "湖北/武汉", "武汉"),
        (310_115, "上海市/浦东新区", "上海/浦东", "浦东"),
        (429_004, "湖北省/仙桃市", "湖北/仙桃", "仙桃"),
        (441_900, "广东省/东莞市", "广东/东莞", "东莞"),
        (540_000, "西藏自治区", "西藏", "西藏"),
        (810_005, "香港特别行政区/油尖旺区", "香港/油尖旺", "油尖旺"),
        (1, "中国大陆", "中国大陆", "中国大陆"),
        (0, "", "", ""),
    ] {
        let region = Region::from_code(region);
        assert_eq!(
            (name(region).as_str(), short_name(region).as_str(), last_name(region)),
            (full, short, last)
        );
    }
}

/// Every place of the table, with its official and its short name.
pub(super) fn every_place() -> Vec<(Region, &'static str, &'static str)> {
    let mut places: Vec<_> = gazetteer().spellings().iter().map(|s| s.region).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|r| gazetteer().names(r).map(|(full, short)| (r, full, short))).collect()
}

/// Short names that a city and a county of one prefecture share.
const SHARED: &[&str] =
    &["河北/石家庄/井陉", "甘肃/临夏/临夏", "新疆/和田/和田", "新疆/伊犁/伊宁", "台湾/新竹", "台湾/嘉义"];

#[test]
fn every_place_is_found_by_its_own_names() {
    for (region, ..) in every_place() {
        let (path, short) = (name(region), short_name(region));
        let parts: Vec<&str> = path.split('/').collect();
        let cell = |nth: usize| parts.get(nth).copied().unwrap_or_default();
        let joined = parts.concat();
        assert_eq!(from_columns(cell(0), cell(1), cell(2)), region, "{path}");
        for address in [joined.clone(), parts.join(" "), format!("{joined}人民路1号")] {
            assert_eq!(from_address(&address), region, "{address}");
        }
        for text in [&path, &joined] {
            assert_eq!(parse(text), Some(Place::China(region)), "{text}");
        }
        let expected = (!SHARED.contains(&short.as_str())).then_some(Place::China(region));
        assert_eq!(parse(&short), expected, "{short}");
    }
}
