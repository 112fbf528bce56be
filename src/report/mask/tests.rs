use super::{Private, mask, mask_row, may_be_name, private};
use crate::order::Field;
use crate::recognise::Column;

#[test]
fn no_status_there_is_reads_like_a_name() {
    for layout in crate::recognise::layouts(&[]).unwrap() {
        for status in layout.status.keys() {
            assert_eq!(mask(status, Private::Word), status.as_str(), "{}", layout.id);
        }
    }
}

#[test]
fn values_are_hidden_by_what_they_are() {
    for (text, kind, shown) in [
        ("张三", Private::Name, "张*"),
        ("欧阳小明", Private::Name, "欧***"),
        ("Eve Jones", Private::Name, "E********"),
        ("李", Private::Name, "李*"),
        ("13812345600", Private::Phone, "138******00"),
        ("+86 138-1234-5600", Private::Phone, "138******00"),
        ("027-87654321", Private::Phone, "027******21"),
        ("138****0000", Private::Phone, "138****0000"),
        ("110101199003078515", Private::Number, "110*************15"),
        ("湖北省武汉市样例路12号3栋", Private::Address, "湖北省武汉市样例路***"),
        ("样例街道2号院5单元601室", Private::Address, "样例街道***"),
        ("12 Sample Road", Private::Address, "***"),
        ("样例路1号样例小区***", Private::Address, "样例路1号样例小区***"),
        ("eve@example.com", Private::Email, "e**@example.com"),
        ("请打13812345600联系", Private::Text, "请打138******00联系"),
        ("单号 691792676882364375", Private::Text, "单号 691792676882364375"),
        ("11010119900307851X 张*", Private::Text, "110*************1X 张*"),
        ("6917926768823643751", Private::Text, "6917926768823643751"),
        ("13812345600", Private::No, "13812345600"),
        ("周* 欧阳小明 13812345600", Private::Name, "周* 欧*** 138******00"),
        ("Ann S*** 13812345600", Private::Name, "Ann S*** 138******00"),
        ("138****0000 13812345600", Private::Phone, "138****0000 138******00"),
        ("江西省 样例路** 13812345600", Private::Address, "江西省 样例路** 138******00"),
        ("欧阳小明", Private::Word, "欧***"),
        ("王芳13812345600", Private::Word, "王************"),
        ("13812345600", Private::Word, "138******00"),
        ("安排发货", Private::Word, "安排发货"),
        ("2026-11-05 10:00", Private::Word, "2026-11-05 10:00"),
        ("待定", Private::Word, "待定"),
        ("", Private::Name, ""),
        ("-", Private::Name, "-"),
        (" / ", Private::Address, " / "),
        ("--", Private::Phone, "--"),
        ("😀", Private::Name, "😀*"),
    ] {
        assert_eq!(mask(text, kind), shown, "{text} {kind:?}");
    }
}

#[test]
fn a_name_in_the_wrong_column_is_told_from_other_words() {
    for (text, name) in [
        ("张三", true),
        ("欧阳小明", true),
        ("Eve Jones", true),
        ("见备注", false),
        ("待定", false),
        ("n/a", false),
        ("not yet", false),
        ("TRUE", false),
        ("2026-13-40", false),
        ("王府井大街东口", false),
    ] {
        assert_eq!(may_be_name(text), name, "{text}");
    }
}

#[test]
fn columns_are_told_by_field_and_heading() {
    for (field, heading, kind) in [
        (Some(Field::Receiver), "x", Private::Name),
        (Some(Field::OrderId), "订单号", Private::No),
        (Some(Field::Waybill), "运单号", Private::No),
        (Some(Field::SellerRemark), "商家备注", Private::Text),
        (None, "身份证号码", Private::Number),
        (None, "身份证姓名", Private::Name),
        (None, "用户购买手机号", Private::Phone),
        (None, "Buyer Email", Private::Email),
        (None, "Buyer Address 1", Private::Address),
        (None, "下单帐号", Private::Name),
        (None, "支付单号", Private::No),
        (None, "买家留言", Private::Text),
    ] {
        assert_eq!(private(field, heading), kind, "{heading}");
    }
}

#[test]
fn a_rejected_row_is_hidden_even_where_its_cells_have_moved() {
    let column = |heading: &str, field| Column { heading: heading.to_owned(), field, known: true };
    let columns = [
        column("订单号", Some(Field::OrderId)),
        column("收货人", Some(Field::Receiver)),
        column("付款时间", Some(Field::PaidAt)),
    ];
    assert_eq!(mask_row("1 | 张三 | 2026-11-09 10:00", &columns), "1 | 张* | 2026-11-09 10:00");
    assert_eq!(mask_row("张三 | 2026-11-09 10:00", &columns), "张* | 2026-11-09 10:00");
    assert!(!mask_row("a | b | 张三 | 13812345600", &columns).contains("13812345600"));
}
