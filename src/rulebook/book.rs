//! The rulebook as the rules read it: a struct a marketplace, every number typed.

use crate::rulebook::BookError;
use crate::rulebook::calendar::Calendar;
use crate::rulebook::load::Section;
use crate::rulebook::overlay::Overlay;
use crate::rulebook::param::{
    DailyCurve, DaysOff, JdStart, OrderWindow, Param, Percent, RegionWindow, ShipDate, ShipWindow, Source,
    Span,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// The built-in rulebook: section and text, in the order in which it is shown.
pub const SECTIONS: [(&str, &str); 7] = [
    ("general", include_str!("general.toml")),
    ("jd", include_str!("jd.toml")),
    ("ebay", include_str!("ebay.toml")),
    ("douyin", include_str!("douyin.toml")),
    ("pinduoduo", include_str!("pinduoduo.toml")),
    ("alibaba", include_str!("alibaba.toml")),
    ("scan", include_str!("scan.toml")),
];

/// Thresholds of the judgement.
#[allow(clippy::struct_field_names)] // hours and days apart: both kinds are kinds of rules
#[derive(Clone, Debug)]
pub struct General {
    /// Urgent from this long before the deadline, for rules counted in hours.
    pub urgent_hours_rules: Param<Span>,
    /// The same for rules counted in days.
    pub urgent_days_rules: Param<Span>,
    /// Warning from this long before, for rules counted in hours.
    pub warning_hours_rules: Param<Span>,
    /// The same for rules counted in days.
    pub warning_days_rules: Param<Span>,
}

/// JD.
#[derive(Clone, Debug)]
pub struct Jd {
    /// Waybill upload after the order stands.
    pub waybill_upload: Param<Span>,
    /// Pickup trace after the order stands.
    pub pickup_trace: Param<Span>,
    /// When an order stands.
    pub start: Param<JdStart>,
    /// The weekly rate that must be reached.
    pub weekly_rate: Param<Percent>,
    /// Points for a delayed order.
    pub points_per_order: Param<u32>,
    /// Points a week at most.
    pub points_per_week: Param<u32>,
    /// How long the buyer may take to answer a delay card.
    pub card_answer: Param<Span>,
    /// How far behind the new ship time the pickup may follow.
    pub card_pickup_gap: Param<Span>,
    /// How long the platform takes to answer a filing.
    pub filing_answer: Param<Span>,
    /// How long before its window an advance filing may first be handed in.
    pub advance_first_day: Param<Span>,
    /// How long before its window it is handed in at the latest.
    pub advance_last_day: Param<Span>,
    /// Days of ordering that the platform itself lets be picked up later.
    pub platform_window: Param<ShipWindow>,
    /// How soon after the balance a presale buyer is phoned when the goods are not to be had.
    pub presale_answer: Param<Span>,
    /// How long after the order the platform warns of a malicious one.
    pub malicious_warning: Param<Span>,
}

impl Jd {
    fn read(s: &mut Section) -> Result<Jd, BookError> {
        Ok(Jd {
            waybill_upload: s.param("waybill-upload")?,
            pickup_trace: s.param("pickup-trace")?,
            start: s.param("start")?,
            weekly_rate: s.param("weekly-rate")?,
            points_per_order: s.param("points-per-order")?,
            points_per_week: s.param("points-per-week")?,
            card_answer: s.param("card-answer")?,
            card_pickup_gap: s.param("card-pickup-gap")?,
            filing_answer: s.param("filing-answer")?,
            advance_first_day: s.param("advance-first-day")?,
            advance_last_day: s.param("advance-last-day")?,
            platform_window: s.param("platform-window")?,
            presale_answer: s.param("presale-answer")?,
            malicious_warning: s.param("malicious-warning")?,
        })
    }
}

/// Alibaba.com.
#[derive(Clone, Debug)]
pub struct Alibaba {
    /// How long after payment a negotiated ship date may lie.
    pub advised_limit: Param<Span>,
    /// Ship dates that the platform set for direct orders.
    pub platform_ship_dates: Param<Vec<ShipDate>>,
    /// CN working days until the agent's certificate is there.
    pub certificate_days: Param<u32>,
}

/// eBay.
#[derive(Clone, Debug)]
pub struct Ebay {
    /// eBay's own days off, where they differ from the public ones.
    pub base_holidays: Param<Vec<DaysOff>>,
    /// The general holidays of Hong Kong, a year an entry.
    pub hong_kong_holidays: Param<Vec<DaysOff>>,
    /// Days off as the platform extended them.
    pub extended_holidays: Param<Vec<DaysOff>>,
    /// Business days by which the estimate of a shipping option grows.
    pub service_extension: Param<u32>,
    /// Which options grow: words their names contain.
    pub extended_services: Param<Vec<String>>,
    /// Days in which the shipping mandate is not assessed.
    pub mandate_suspended: Param<Vec<DaysOff>>,
    /// No scan for this long after the hub: the parcel stands still.
    pub speedpak_stalled: Param<Span>,
    /// The share of pressing orders above which a store had better close.
    pub vacation_share: Param<Percent>,
}

/// Douyin.
#[derive(Clone, Debug)]
pub struct Douyin {
    /// Shipping after payment, where no promise is shown.
    pub ship_after_payment: Param<Span>,
    /// Pickup after shipping.
    pub pickup: Param<Span>,
    /// First transit trace after pickup.
    pub dispatch: Param<Span>,
    /// A new trace after the last one.
    pub transit: Param<Span>,
    /// The hours of the ship rate.
    pub ship_rate_hours: Param<Span>,
    /// Orders placed over a holiday, and by when they ship.
    pub holiday_windows: Param<Vec<OrderWindow>>,
    /// How long a city at medium or high risk ships later.
    pub risk_extension: Param<Span>,
    /// More couriers than this standing still are many.
    pub suspended_many: Param<u32>,
    /// How long a city ships later where many couriers stand still.
    pub suspended_many_extension: Param<Span>,
    /// The same where some do.
    pub suspended_few_extension: Param<Span>,
    /// How long the platform may take to answer a filing.
    pub filing_answer: Param<Span>,
    /// How many addresses a filing may name.
    pub filing_addresses: Param<u32>,
    /// How long before its end a filing is renewed.
    pub filing_renewal: Param<Span>,
    /// How long after shipping receipt is confirmed by itself.
    pub auto_confirm: Param<Span>,
    /// How long before that the buyer is asked to extend it.
    pub auto_confirm_warning: Param<Span>,
}

/// Pinduoduo.
#[derive(Clone, Debug)]
pub struct Pinduoduo {
    /// Shipping after payment, where no promise is shown.
    pub ship_after_payment: Param<Span>,
    /// Pickup after shipping.
    pub pickup: Param<Span>,
    /// A new trace after the last one.
    pub stalled: Param<Span>,
    /// How soon an order ships once its place is open again.
    pub ship_after_reopening: Param<Span>,
    /// A flooded region and its time.
    pub flood_window: Param<RegionWindow>,
    /// How many days before the estimated delivery a parcel can still be stopped.
    pub intercept_days: Param<Span>,
    /// How long a refund by the system can be appealed.
    pub refund_appeal: Param<Span>,
    /// From when on a return is slow.
    pub slow_return: Param<Span>,
    /// How long after one look at the parcels the next is due.
    pub next_look: Param<Span>,
}

impl Pinduoduo {
    fn read(s: &mut Section) -> Result<Pinduoduo, BookError> {
        Ok(Pinduoduo {
            ship_after_payment: s.param("ship-after-payment")?,
            pickup: s.param("pickup")?,
            stalled: s.param("stalled")?,
            ship_after_reopening: s.param("ship-after-reopening")?,
            flood_window: s.param("flood-window")?,
            intercept_days: s.param("intercept-days")?,
            refund_appeal: s.param("refund-appeal")?,
            slow_return: s.param("slow-return")?,
            next_look: s.param("next-look")?,
        })
    }
}

/// The promotion scan.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Weights of the hours of a day in Asia/Shanghai, by which expected orders come in.
    pub daily_curve: Param<DailyCurve>,
    /// Days to the agreed ship date of an expected order of Alibaba.com.
    pub alibaba_ship_days: Param<u32>,
    /// How many more orders the case of more orders has.
    pub case_orders: Param<Percent>,
    /// How much capacity the case of less capacity lacks.
    pub case_capacity: Param<Percent>,
    /// Late orders at so many times the capacity stop a promotion.
    pub stop_capacity: Param<u32>,
    /// How far the forecast of a store is off in a trial, either way.
    pub noise_forecast: Param<Percent>,
    /// How far a day of it is off beside that.
    pub noise_day: Param<Percent>,
    /// How far the capacity of a day is off.
    pub noise_capacity: Param<Percent>,
}

impl Scan {
    fn read(s: &mut Section) -> Result<Scan, BookError> {
        Ok(Scan {
            daily_curve: s.param("daily-curve")?,
            alibaba_ship_days: s.param("alibaba-ship-days")?,
            case_orders: s.param("case-orders")?,
            case_capacity: s.param("case-capacity")?,
            stop_capacity: s.param("stop-capacity")?,
            noise_forecast: s.param("noise-forecast")?,
            noise_day: s.param("noise-day")?,
            noise_capacity: s.param("noise-capacity")?,
        })
    }
}

/// A parameter as it is shown: name, value, since when, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Full name, such as `jd.pickup-trace`.
    pub name: String,
    /// The value.
    pub value: String,
    /// The first day, where the source gives one.
    pub from: Option<NaiveDate>,
    /// Where it comes from.
    pub source: Source,
}

/// The rulebook in force for a run.
#[derive(Clone, Debug)]
pub struct Book {
    /// Thresholds of the judgement.
    pub general: General,
    /// JD.
    pub jd: Jd,
    /// eBay.
    pub ebay: Ebay,
    /// Douyin.
    pub douyin: Douyin,
    /// Pinduoduo.
    pub pinduoduo: Pinduoduo,
    /// Alibaba.com.
    pub alibaba: Alibaba,
    /// The promotion scan.
    pub scan: Scan,
    /// Business days.
    pub calendar: Calendar,
    /// Everything above, for showing.
    pub shown: Vec<Shown>,
    /// SHA-256 of the rulebook's text, in hexadecimal.
    pub hash: String,
}

impl Book {
    /// The built-in rulebook.
    ///
    /// # Errors
    /// Only when the program itself was built from a broken rulebook, which a test excludes.
    pub fn built_in() -> Result<Book, BookError> {
        Book::read(Overlay::default())
    }

    /// The built-in rulebook with a user's own values over it; `name` is the file's name for messages.
    ///
    /// # Errors
    /// A key that no rule knows, or a value of the wrong kind: with line and key.
    pub fn with_overlay(name: &str, text: &str) -> Result<Book, BookError> {
        Book::read(Overlay::parse(name, text)?)
    }

    fn read(mut overlay: Overlay) -> Result<Book, BookError> {
        let mut shown = Vec::new();
        let mut open = |at: usize| Section::open(SECTIONS[at].0, SECTIONS[at].1, &mut overlay);
        let mut s = open(0)?;
        let general = General {
            urgent_hours_rules: s.param("urgent-hours-rules")?,
            urgent_days_rules: s.param("urgent-days-rules")?,
            warning_hours_rules: s.param("warning-hours-rules")?,
            warning_days_rules: s.param("warning-days-rules")?,
        };
        shown.extend(s.close()?);
        let mut s = open(1)?;
        let jd = Jd::read(&mut s)?;
        shown.extend(s.close()?);
        let mut s = open(2)?;
        let ebay = Ebay {
            base_holidays: s.param("base-holidays")?,
            hong_kong_holidays: s.param("hong-kong-holidays")?,
            extended_holidays: s.param("extended-holidays")?,
            service_extension: s.param("service-extension")?,
            extended_services: s.param("extended-services")?,
            mandate_suspended: s.param("mandate-suspended")?,
            speedpak_stalled: s.param("speedpak-stalled")?,
            vacation_share: s.param("vacation-share")?,
        };
        shown.extend(s.close()?);
        let mut s = open(3)?;
        let douyin = Douyin {
            ship_after_payment: s.param("ship-after-payment")?,
            pickup: s.param("pickup")?,
            dispatch: s.param("dispatch")?,
            transit: s.param("transit")?,
            ship_rate_hours: s.param("ship-rate-hours")?,
            holiday_windows: s.param("holiday-windows")?,
            risk_extension: s.param("risk-extension")?,
            suspended_many: s.param("suspended-many")?,
            suspended_many_extension: s.param("suspended-many-extension")?,
            suspended_few_extension: s.param("suspended-few-extension")?,
            filing_answer: s.param("filing-answer")?,
            filing_addresses: s.param("filing-addresses")?,
            filing_renewal: s.param("filing-renewal")?,
            auto_confirm: s.param("auto-confirm")?,
            auto_confirm_warning: s.param("auto-confirm-warning")?,
        };
        shown.extend(s.close()?);
        let mut s = open(4)?;
        let pinduoduo = Pinduoduo::read(&mut s)?;
        shown.extend(s.close()?);
        let mut s = open(5)?;
        let alibaba = Alibaba {
            advised_limit: s.param("advised-limit")?,
            platform_ship_dates: s.param("platform-ship-dates")?,
            certificate_days: s.param("certificate-days")?,
        };
        shown.extend(s.close()?);
        let mut s = open(6)?;
        let scan = Scan::read(&mut s)?;
        shown.extend(s.close()?);
        overlay.close()?;
        let calendar = Calendar::new(&ebay.base_holidays, &ebay.hong_kong_holidays);
        let hash = hash_of(&overlay);
        Ok(Book { general, jd, ebay, douyin, pinduoduo, alibaba, scan, calendar, shown, hash })
    }

    /// The parameters whose names are listed, for `shipby rule` and the Rules sheet.
    pub fn shown<'b>(&'b self, names: &'b [&'b str]) -> impl Iterator<Item = &'b Shown> {
        names.iter().flat_map(|name| self.shown.iter().filter(move |shown| shown.name == *name))
    }

    /// The built-in rulebook as one file, in the form in which an overlay is written.
    pub fn template() -> String {
        let mut text = String::new();
        for (section, built_in) in SECTIONS {
            for line in built_in.lines() {
                // A key becomes one of its section: `[[pickup]]` is `[[douyin.pickup]]` in a file of all.
                let (mark, rest) = line.strip_prefix("[[").map_or(("", line), |rest| ("[[", rest));
                let section = if mark.is_empty() { "" } else { section };
                let point = if mark.is_empty() { "" } else { "." };
                text.extend([mark, section, point, rest, "\n"]);
            }
            text.push('\n');
        }
        text
    }
}

/// SHA-256 of everything the rulebook was read from.
fn hash_of(overlay: &Overlay) -> String {
    let mut hasher = Sha256::new();
    for (_, text) in SECTIONS {
        hasher.update(text.as_bytes());
    }
    hasher.update(overlay.text.as_bytes());
    hex(&hasher.finalize())
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::Book;
    use crate::rulebook::Span;
    use chrono::Duration;

    #[test]
    fn the_built_in_rulebook_is_whole_and_every_number_is_sourced() {
        let book = Book::built_in().expect("the built-in rulebook");
        assert_eq!(book.jd.pickup_trace.entries[0].value, Span(Duration::hours(48)));
        assert!(book.shown.iter().all(|shown| !shown.source.at.is_empty()));
        assert_eq!(book.hash.len(), 64);
    }

    #[test]
    fn the_template_is_an_overlay_that_changes_nothing() {
        let (built_in, again) = (
            Book::built_in().expect("built in"),
            Book::with_overlay("t", &Book::template()).expect("template"),
        );
        assert_eq!(built_in.shown, again.shown);
    }

    #[test]
    fn an_overlay_replaces_single_values_and_adds_dated_ones() {
        let text = "[jd]\npickup-trace = \"36h\"\n\n[[jd.waybill-upload]]\nfrom = 2026-11-01\nvalue = \"12h\"\n\
                    source = { id = \"notice\", at = \"1\", grade = \"official\" }\n";
        // A table and an array of tables of one name cannot stand in one file, so they come in two.
        let (single, dated) = text.split_once("\n\n").expect("two parts");
        let book = Book::with_overlay("my.toml", single).expect("an overlay");
        assert_eq!(book.jd.pickup_trace.entries.len(), 1);
        assert_eq!(book.jd.pickup_trace.entries[0].value, Span(Duration::hours(36)));
        assert_ne!(book.hash, Book::built_in().expect("built in").hash);
        let book = Book::with_overlay("my.toml", dated).expect("an overlay");
        let hours = |day: &str| {
            let day = day.parse().expect("a day");
            book.jd.waybill_upload.on(Some(day)).map(|entry| entry.value.0.num_hours())
        };
        assert_eq!((hours("2026-10-31"), hours("2026-11-01")), (Some(24), Some(12)));
    }

    #[test]
    fn what_is_wrong_in_an_overlay_is_named_with_its_line() {
        let error = |text: &str| Book::with_overlay("my.toml", text).expect_err("an error").to_string();
        assert_eq!(
            error("[jd]\n# slower\npickup-trace = 48\n"),
            "my.toml line 3: \"jd.pickup-trace\" must be a length of time such as \"24h\" or \"180d\""
        );
        assert_eq!(error("[jd]\npickup = \"1h\"\n"), "my.toml line 2: no rule knows \"jd.pickup\"");
        assert_eq!(error("[taobao]\nx = 1\n"), "my.toml line 1: no rule knows \"taobao\"");
        assert!(error("[jd\n").contains("line 1"));
    }
}
