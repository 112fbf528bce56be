//! What a column holds, told by the field it feeds or by its heading.

use crate::order::{Field, FieldKind};

/// What a column holds, as far as privacy is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private {
    /// Nothing private: ids, times, amounts.
    No,
    /// Text in which a phone or identity number may stand.
    Text,
    /// A time or a status: words that read like a name stand there by mistake.
    Word,
    /// An address.
    Address,
    /// A name or an account.
    Name,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// The number of an identity card, a tax payer or a bank account.
    Number,
}

/// Parts of headings, in small letters, by what such a column holds; the first that fits counts.
const HEADINGS: &[(Private, &[&str])] = &[
    (Private::Name, &["身份证姓名"]),
    (
        Private::Number,
        &["身份证", "证件号", "纳税人识别号", "银行账号", "银行帐号", "tax identifier value", "tax id"],
    ),
    (Private::Email, &["email", "e-mail", "邮箱"]),
    (Private::Phone, &["电话", "手机", "联系方式", "phone", "telefon", "téléphone", "mobile"]),
    (Private::Address, &["地址", "address", "adresse"]),
    (
        Private::Name,
        &[
            "收货人",
            "收件人",
            "姓名",
            "联系人",
            "客户名",
            "昵称",
            "用户名",
            "帐号",
            "账号",
            "发票抬头",
            "个人",
            "buyer name",
            "buyer fullname",
            "buyer username",
            "user id",
            "to name",
            "name des käufers",
            "nutzername",
            "acheteur",
        ],
    ),
    (Private::No, &["单号", "编号", "编码", "sku", "商品id", "transaction", "number"]),
];

/// What a column holds.
pub fn private(field: Option<Field>, heading: &str) -> Private {
    match field {
        Some(Field::Receiver) => Private::Name,
        Some(Field::Phone) => Private::Phone,
        Some(Field::Address) => Private::Address,
        Some(
            Field::LastTrace
            | Field::SellerRemark
            | Field::CancelReason
            | Field::ItemTitle
            | Field::ItemLocation
            | Field::ShipFrom
            | Field::Street,
        ) => Private::Text,
        Some(
            Field::OrderId
            | Field::SubOrderId
            | Field::ItemId
            | Field::SalesRecord
            | Field::Waybill
            | Field::WaybillAndCarrier,
        ) => Private::No,
        Some(Field::Status) => Private::Word,
        Some(field) if field.kind() != FieldKind::Text => Private::Word,
        // Words: what stands there by mistake may be a phone number.
        Some(_) => Private::Text,
        None => {
            let heading = heading.to_lowercase();
            HEADINGS
                .iter()
                .find(|(_, parts)| parts.iter().any(|part| heading.contains(part)))
                .map_or(Private::Text, |(private, _)| *private)
        }
    }
}
