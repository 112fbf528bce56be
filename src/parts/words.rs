//! The words under which stages and the like stand in a part. A kind that has none does not compile.

/// A room with `word`, what a value is written as, and `of`, the value of a word.
macro_rules! words {
    ($room:ident, $kind:ident, $($value:ident = $word:literal),+ $(,)?) => {
        pub mod $room {
            use crate::order::$kind;
            use crate::parts::PartFault;

            pub const fn word(value: $kind) -> &'static str {
                match value {
                    $($kind::$value => $word),+
                }
            }

            /// # Errors
            /// When no value is written so.
            pub fn of(word: &str) -> Result<$kind, PartFault> {
                match word {
                    $($word => Ok($kind::$value),)+
                    other => Err(PartFault::damaged(&format!("the word \"{other}\""))),
                }
            }
        }
    };
}

words! {
    stage, Stage,
    Unknown = "",
    Unpaid = "unpaid",
    New = "new",
    AwaitingShipment = "awaiting-shipment",
    Shipping = "shipping",
    PartlyShipped = "partly-shipped",
    Shipped = "shipped",
    Delivered = "delivered",
    Completed = "completed",
    Cancelled = "cancelled",
    RefundedUnshipped = "refunded-unshipped",
    RefundedShipped = "refunded-shipped",
    RefundedDelivered = "refunded-delivered",
}

words! {
    order_type, OrderType,
    Unknown = "",
    Direct = "direct",
    NonDirect = "non-direct",
    Presale = "presale",
}

words! {
    whereabouts, Whereabouts,
    Unknown = "",
    Unshipped = "unshipped",
    OnItsWay = "on-its-way",
    AtStation = "at-station",
    Signed = "signed",
}
