//! The parameters of each section, once: their names with hyphens are the keys of the files.

use crate::rulebook::BookError;
use crate::rulebook::load::Section;
use crate::rulebook::param::{DailyCurve, JdStart, Param, Percent, Span};
use crate::rulebook::windows::{DaysOff, OrderWindow, RegionWindow, ShipDate, ShipWindow};

/// A section: a struct of parameters, each read from the key of its name.
macro_rules! section {
    (
        $(#[$about:meta])*
        pub struct $name:ident { $($(#[$what:meta])* pub $field:ident: $value:ty,)* }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        pub struct $name { $($(#[$what])* pub $field: Param<$value>,)* }

        impl $name {
            /// Takes the parameters out of a section of the file.
            pub(super) fn read(section: &mut Section) -> Result<$name, BookError> {
                Ok($name { $($field: section.param(stringify!($field))?,)* })
            }
        }
    };
}

section! {
    /// Thresholds of the judgement.
    #[allow(clippy::struct_field_names)] // hours and days apart: both kinds are kinds of rules
    pub struct General {
        /// Urgent from this long before the deadline, for rules counted in hours.
        pub urgent_hours_rules: Span,
        /// The same for rules counted in days.
        pub urgent_days_rules: Span,
        /// Warning from this long before, for rules counted in hours.
        pub warning_hours_rules: Span,
        /// The same for rules counted in days.
        pub warning_days_rules: Span,
    }
}

section! {
    /// JD.
    pub struct Jd {
        /// Waybill upload after the order stands.
        pub waybill_upload: Span,
        /// Pickup trace after the order stands.
        pub pickup_trace: Span,
        /// When an order stands.
        pub start: JdStart,
        /// The weekly rate that must be reached.
        pub weekly_rate: Percent,
        /// Points for a delayed order.
        pub points_per_order: u32,
        /// Points a week at most.
        pub points_per_week: u32,
        /// How long the buyer may take to answer a delay card.
        pub card_answer: Span,
        /// How far behind the new ship time the pickup may follow.
        pub card_pickup_gap: Span,
        /// How long the platform takes to answer a filing.
        pub filing_answer: Span,
        /// How long before its window an advance filing may first be handed in.
        pub advance_first_day: Span,
        /// How long before its window it is handed in at the latest.
        pub advance_last_day: Span,
        /// Days of ordering that the platform itself lets be picked up later.
        pub platform_window: ShipWindow,
        /// How soon after the balance a presale buyer is phoned when the goods are not to be had.
        pub presale_answer: Span,
        /// How long after the order the platform warns of a malicious one.
        pub malicious_warning: Span,
    }
}

section! {
    /// Alibaba.com.
    pub struct Alibaba {
        /// How long after payment a negotiated ship date may lie.
        pub advised_limit: Span,
        /// Ship dates that the platform set for direct orders.
        pub platform_ship_dates: Vec<ShipDate>,
        /// CN working days until the agent's certificate is there.
        pub certificate_days: u32,
    }
}

section! {
    /// eBay.
    pub struct Ebay {
        /// eBay's own days off, where they differ from the public ones.
        pub base_holidays: Vec<DaysOff>,
        /// The general holidays of Hong Kong, a year an entry.
        pub hong_kong_holidays: Vec<DaysOff>,
        /// Days off as the platform extended them.
        pub extended_holidays: Vec<DaysOff>,
        /// Business days by which the estimate of a shipping option grows.
        pub service_extension: u32,
        /// Which options grow: words their names contain.
        pub extended_services: Vec<String>,
        /// Days in which the shipping mandate is not assessed.
        pub mandate_suspended: Vec<DaysOff>,
        /// No scan for this long after the hub: the parcel stands still.
        pub speedpak_stalled: Span,
        /// The share of pressing orders above which a store had better close.
        pub vacation_share: Percent,
    }
}

section! {
    /// Douyin.
    pub struct Douyin {
        /// Shipping after payment, where no promise is shown.
        pub ship_after_payment: Span,
        /// Pickup after shipping.
        pub pickup: Span,
        /// First transit trace after pickup.
        pub dispatch: Span,
        /// A new trace after the last one.
        pub transit: Span,
        /// The hours of the ship rate.
        pub ship_rate_hours: Span,
        /// Orders placed over a holiday, and by when they ship.
        pub holiday_windows: Vec<OrderWindow>,
        /// How long a city at medium or high risk ships later.
        pub risk_extension: Span,
        /// More couriers than this standing still are many.
        pub suspended_many: u32,
        /// How long a city ships later where many couriers stand still.
        pub suspended_many_extension: Span,
        /// The same where some do.
        pub suspended_few_extension: Span,
        /// How long the platform may take to answer a filing.
        pub filing_answer: Span,
        /// How many addresses a filing may name.
        pub filing_addresses: u32,
        /// How long before its end a filing is renewed.
        pub filing_renewal: Span,
        /// How long after shipping receipt is confirmed by itself.
        pub auto_confirm: Span,
        /// How long before that the buyer is asked to extend it.
        pub auto_confirm_warning: Span,
    }
}

section! {
    /// Pinduoduo.
    pub struct Pinduoduo {
        /// Shipping after payment, where no promise is shown.
        pub ship_after_payment: Span,
        /// Pickup after shipping.
        pub pickup: Span,
        /// A new trace after the last one.
        pub stalled: Span,
        /// How soon an order ships once its place is open again.
        pub ship_after_reopening: Span,
        /// A flooded region and its time.
        pub flood_window: RegionWindow,
        /// How many days before the estimated delivery a parcel can still be stopped.
        pub intercept_days: Span,
        /// How long a refund by the system can be appealed.
        pub refund_appeal: Span,
        /// From when on a return is slow.
        pub slow_return: Span,
        /// How long after one look at the parcels the next is due.
        pub next_look: Span,
    }
}

section! {
    /// The promotion scan.
    pub struct Scan {
        /// Weights of the hours of a day in Asia/Shanghai, by which expected orders come in.
        pub daily_curve: DailyCurve,
        /// Days to the agreed ship date of an expected order of Alibaba.com.
        pub alibaba_ship_days: u32,
        /// How many more orders the case of more orders has.
        pub case_orders: Percent,
        /// How much capacity the case of less capacity lacks.
        pub case_capacity: Percent,
        /// Late orders at so many times the capacity stop a promotion.
        pub stop_capacity: u32,
        /// How far the forecast of a store is off in a trial, either way.
        pub noise_forecast: Percent,
        /// How far a day of it is off beside that.
        pub noise_day: Percent,
        /// How far the capacity of a day is off.
        pub noise_capacity: Percent,
    }
}
