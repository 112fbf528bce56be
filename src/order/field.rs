//! The fields of an order, a parcel and an after-sales case.

use serde::{Deserialize, Serialize};

/// A field that a column of an export can feed.
///
/// Layouts name these in kebab-case; rules declare which they need; the report says which column fed which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The marketplace, in files that mix several.
    Marketplace,
    /// The store.
    Store,
    /// The order's id, every digit.
    OrderId,
    /// The id of one line of an order (Douyin sub-order, eBay transaction).
    SubOrderId,
    /// eBay's sales record number: names an order that has no id yet.
    SalesRecord,
    /// The platform's status word.
    Status,
    /// The kind of order: direct, drafted, presale.
    OrderType,
    /// How it is paid: cash on delivery starts another clock.
    PaymentMethod,
    /// Marks the platform set on the order, such as 推迟发货.
    Marks,
    /// State of an after-sales case, as the order export shows it.
    AfterSalesState,
    /// Why it was cancelled.
    CancelReason,
    /// The seller's own remark.
    SellerRemark,
    /// Placed.
    OrderedAt,
    /// Paid; of a presale the payment that the platform confirmed.
    PaidAt,
    /// The balance of a presale paid.
    BalancePaidAt,
    /// The buying group was complete (Pinduoduo).
    GroupedAt,
    /// The platform's own deadline for shipping: 承诺发货时间, Ship By Date, 约定发货时间.
    ShipBy,
    /// The shipping time agreed for a reserved order (预约发货时间).
    ScheduledShipAt,
    /// Shipped: the waybill number was uploaded.
    ShippedAt,
    /// The latest estimated delivery date shown to the buyer (Max EDD).
    DeliverBy,
    /// The delivery estimate of the platform or the courier.
    EstimatedDeliveryAt,
    /// Receipt confirmed, order completed.
    CompletedAt,
    /// Cancelled, closed or refunded.
    CancelledAt,
    /// The courier's first scan (揽收).
    PickedUpAt,
    /// The first trace after the pickup scan.
    FirstTransitAt,
    /// The newest trace.
    LastTraceAt,
    /// Signed for.
    DeliveredAt,
    /// The text of the newest trace.
    LastTrace,
    /// The courier's state word.
    ParcelState,
    /// How far the goods of an after-sales case have come (商品发货状态).
    GoodsState,
    /// The waybill number.
    Waybill,
    /// The carrier.
    Carrier,
    /// Waybill and carrier in one cell, joined by the last hyphen (Douyin 快递信息).
    WaybillAndCarrier,
    /// The shipping option the buyer chose.
    ShippingService,
    /// Whether the parcel went by a lesser service.
    ServiceDowngraded,
    /// Whether the store's own electronic waybill was used.
    EWaybill,
    /// Ship-to province (省).
    Province,
    /// Ship-to city (市).
    City,
    /// Ship-to district (区).
    District,
    /// Ship-to street (街道).
    Street,
    /// Ship-to address in one string.
    Address,
    /// Ship-to country.
    Country,
    /// The buyer's phone.
    Phone,
    /// The receiver's name.
    Receiver,
    /// Where it ships from: the warehouse's place.
    ShipFrom,
    /// The item's id.
    ItemId,
    /// The item's title.
    ItemTitle,
    /// Where the item lies, as the listing says.
    ItemLocation,
    /// The country where the item lies.
    ItemCountry,
    /// Pieces.
    Quantity,
    /// What was paid, as text.
    Amount,
    /// The id of an after-sales case.
    AfterSalesId,
    /// Refund only, return, exchange, resend.
    AfterSalesKind,
    /// After-sales asked for.
    AskedAt,
    /// The seller agreed.
    AgreedAt,
    /// Refunded.
    RefundedAt,
    /// Who granted the refund: seller, system, platform.
    GrantedBy,
    /// When the platform decides by itself (自动处理截止时间).
    AutoProcessAt,
    /// The waybill of the return.
    ReturnWaybill,
    /// The return was sent.
    ReturnSentAt,
    /// State of the return parcel.
    ReturnState,
    /// State of an interception (快递拦截状态).
    InterceptState,
    /// The moment from which JD counts (下单成功): derived from payment, order or balance time by the kind of
    /// order, so no column feeds it directly.
    StandsAt,
}

/// How the cells of a field are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// As text.
    Text,
    /// As an instant; a date without a time begins the day, in the export's zone.
    Moment,
    /// As an instant; a date without a time ends the day, in the zone that says where a day ends.
    Deadline,
}

impl Field {
    /// Every field, in the order in which `shipby inspect` lists them.
    pub const ALL: &'static [Field] = &[
        Field::Marketplace,
        Field::Store,
        Field::OrderId,
        Field::SubOrderId,
        Field::SalesRecord,
        Field::Status,
        Field::OrderType,
        Field::PaymentMethod,
        Field::Marks,
        Field::AfterSalesState,
        Field::CancelReason,
        Field::SellerRemark,
        Field::OrderedAt,
        Field::PaidAt,
        Field::BalancePaidAt,
        Field::GroupedAt,
        Field::ShipBy,
        Field::ScheduledShipAt,
        Field::ShippedAt,
        Field::DeliverBy,
        Field::EstimatedDeliveryAt,
        Field::CompletedAt,
        Field::CancelledAt,
        Field::PickedUpAt,
        Field::FirstTransitAt,
        Field::LastTraceAt,
        Field::DeliveredAt,
        Field::LastTrace,
        Field::ParcelState,
        Field::GoodsState,
        Field::Waybill,
        Field::Carrier,
        Field::WaybillAndCarrier,
        Field::ShippingService,
        Field::ServiceDowngraded,
        Field::EWaybill,
        Field::Province,
        Field::City,
        Field::District,
        Field::Street,
        Field::Address,
        Field::Country,
        Field::Phone,
        Field::Receiver,
        Field::ShipFrom,
        Field::ItemId,
        Field::ItemTitle,
        Field::ItemLocation,
        Field::ItemCountry,
        Field::Quantity,
        Field::Amount,
        Field::AfterSalesId,
        Field::AfterSalesKind,
        Field::AskedAt,
        Field::AgreedAt,
        Field::RefundedAt,
        Field::GrantedBy,
        Field::AutoProcessAt,
        Field::ReturnWaybill,
        Field::ReturnSentAt,
        Field::ReturnState,
        Field::InterceptState,
        Field::StandsAt,
    ];

    /// The name used in layouts, rule tables and JSON, in kebab-case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Marketplace => "marketplace",
            Field::Store => "store",
            Field::OrderId => "order-id",
            Field::SubOrderId => "sub-order-id",
            Field::SalesRecord => "sales-record",
            Field::Status => "status",
            Field::OrderType => "order-type",
            Field::PaymentMethod => "payment-method",
            Field::Marks => "marks",
            Field::AfterSalesState => "after-sales-state",
            Field::CancelReason => "cancel-reason",
            Field::SellerRemark => "seller-remark",
            Field::OrderedAt => "ordered-at",
            Field::PaidAt => "paid-at",
            Field::BalancePaidAt => "balance-paid-at",
            Field::GroupedAt => "grouped-at",
            Field::ShipBy => "ship-by",
            Field::ScheduledShipAt => "scheduled-ship-at",
            Field::ShippedAt => "shipped-at",
            Field::DeliverBy => "deliver-by",
            Field::EstimatedDeliveryAt => "estimated-delivery-at",
            Field::CompletedAt => "completed-at",
            Field::CancelledAt => "cancelled-at",
            Field::PickedUpAt => "picked-up-at",
            Field::FirstTransitAt => "first-transit-at",
            Field::LastTraceAt => "last-trace-at",
            Field::DeliveredAt => "delivered-at",
            Field::LastTrace => "last-trace",
            Field::ParcelState => "parcel-state",
            Field::GoodsState => "goods-state",
            Field::Waybill => "waybill",
            Field::Carrier => "carrier",
            Field::WaybillAndCarrier => "waybill-and-carrier",
            Field::ShippingService => "shipping-service",
            Field::ServiceDowngraded => "service-downgraded",
            Field::EWaybill => "e-waybill",
            Field::Province => "province",
            Field::City => "city",
            Field::District => "district",
            Field::Street => "street",
            Field::Address => "address",
            Field::Country => "country",
            Field::Phone => "phone",
            Field::Receiver => "receiver",
            Field::ShipFrom => "ship-from",
            Field::ItemId => "item-id",
            Field::ItemTitle => "item-title",
            Field::ItemLocation => "item-location",
            Field::ItemCountry => "item-country",
            Field::Quantity => "quantity",
            Field::Amount => "amount",
            Field::AfterSalesId => "after-sales-id",
            Field::AfterSalesKind => "after-sales-kind",
            Field::AskedAt => "asked-at",
            Field::AgreedAt => "agreed-at",
            Field::RefundedAt => "refunded-at",
            Field::GrantedBy => "granted-by",
            Field::AutoProcessAt => "auto-process-at",
            Field::ReturnWaybill => "return-waybill",
            Field::ReturnSentAt => "return-sent-at",
            Field::ReturnState => "return-state",
            Field::InterceptState => "intercept-state",
            Field::StandsAt => "stands-at",
        }
    }

    /// Reads a name of [`Field::as_str`]; underscores count as hyphens.
    pub fn parse(name: &str) -> Option<Field> {
        let name = name.replace('_', "-");
        Field::ALL.iter().copied().find(|field| field.as_str() == name)
    }

    /// How the cells of this field are read.
    pub const fn kind(self) -> FieldKind {
        match self {
            Field::ShipBy
            | Field::ScheduledShipAt
            | Field::DeliverBy
            | Field::EstimatedDeliveryAt
            | Field::AutoProcessAt => FieldKind::Deadline,
            Field::OrderedAt
            | Field::PaidAt
            | Field::BalancePaidAt
            | Field::GroupedAt
            | Field::ShippedAt
            | Field::CompletedAt
            | Field::CancelledAt
            | Field::PickedUpAt
            | Field::FirstTransitAt
            | Field::LastTraceAt
            | Field::DeliveredAt
            | Field::AskedAt
            | Field::AgreedAt
            | Field::RefundedAt
            | Field::ReturnSentAt
            | Field::StandsAt => FieldKind::Moment,
            _ => FieldKind::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn names_are_unique_and_read_back() {
        for field in Field::ALL {
            assert_eq!(Field::parse(field.as_str()), Some(*field));
        }
        assert_eq!(Field::parse("paid_at"), Some(Field::PaidAt));
    }
}
