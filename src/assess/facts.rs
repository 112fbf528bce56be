//! What the casebook holds on an order, and which of several claims helps it most.

use crate::assess::case::{Case, Step};
use crate::assess::rule::{Relief, State};
use crate::casebook::{Filing, FilingKind, FilingStatus, Report, ReportKind, Scene};
use crate::normalise::In;
use crate::order::{AfterSales, Field, Instant, Stage};

impl<'a> Case<'a> {
    /// What the casebook must know of the order to say whether a fact covers it.
    pub fn scene(&self) -> Scene<'a> {
        Scene {
            store: &self.store.name,
            ends: [self.ships_from(), self.line.record.ship_to],
            service: self.service(),
            ordered_at: self.ordered_at(),
            paid_at: self.reading(Field::PaidAt).known(),
            day_zone: self.day_zone(),
        }
    }

    /// The first report of one of these kinds on the order.
    pub fn report(&self, kinds: &[ReportKind]) -> Option<&'a Report> {
        // Mostly there is no report at all, and then nothing of the order needs to be known.
        let marketplace = self.marketplace().filter(|_| self.run.casebook.has_reports())?;
        let reports = self.run.casebook.reports(marketplace, self.order_id());
        let found = reports.filter(|report| kinds.contains(&report.kind));
        found.min_by_key(|report| report.reported_at.start(self.day_zone()))
    }

    /// The filings of a kind that cover the order, whatever became of them.
    pub fn filings(&self, kind: FilingKind) -> impl Iterator<Item = &'a Filing> {
        // Mostly there is no filing at all, and then nothing of the order needs to be known.
        let any = self.marketplace().filter(|_| self.run.casebook.has_filings());
        let about = any.map(|it| (self.scene(), self.order_id(), it));
        about.into_iter().flat_map(move |(scene, id, it)| {
            let found = self.run.casebook.filings_about(it, id);
            found.filter(move |f| f.kind == kind && f.covers(id, &scene))
        })
    }

    /// Whether a filing of a kind is under review or approved, so that nothing is left to file.
    pub fn filed(&self, kind: FilingKind) -> bool {
        self.filings(kind).any(|f| matches!(f.status, FilingStatus::Pending | FilingStatus::Approved))
    }

    /// Whether the order still waits to be shipped: paid, neither shipped nor ended.
    pub fn still_to_ship(&self) -> bool {
        let stage = self.status().stage;
        let shipped = self.reading(Field::ShippedAt).known().is_some_and(|at| at <= self.as_of);
        let over = self.status().says_shipped() || self.status().ended_unshipped();
        !shipped && !over && stage != Stage::Unpaid
    }

    /// Whether the parcel has left and has not arrived.
    pub fn on_its_way(&self) -> bool {
        let shipped = self.reading(Field::ShippedAt).known().is_some_and(|at| at <= self.as_of);
        let left = shipped || self.status().says_shipped();
        left && !self.arrived()
    }

    /// Whether the parcel has arrived.
    pub fn arrived(&self) -> bool {
        let known = self.reading(Field::DeliveredAt).known().is_some_and(|at| at <= self.as_of);
        known || self.status().says_delivered()
    }

    /// The open and closed cases of the line whose kind contains a word.
    pub fn cases(&self, kind: &'static str) -> impl Iterator<Item = In<'a, AfterSales>> {
        self.after_sales().filter(move |it| it.batch.arena.get(it.record.kind).contains(kind))
    }

    /// Writes down which row of the casebook decided.
    pub fn note_row(&self, what: &str, at: Instant, sheet: &str, row: u32) {
        self.note(|| Step {
            step: what.to_owned(),
            value: self.show(at),
            from: format!("casebook {sheet} row {row}"),
        });
    }

    /// The shipping option: as the order says, else its parcel.
    pub fn service(&self) -> &'a str {
        let own = self.line.batch.arena.get(self.line.record.service);
        match &self.parcel {
            Some(parcel) if own.is_empty() => parcel.batch.arena.get(parcel.record.service),
            _ => own,
        }
    }

    /// The carrier, as tracking or else the order's export names it.
    pub fn carrier(&self) -> &'a str {
        let tracked = self.parcel.map_or("", |parcel| parcel.batch.arena.get(parcel.record.carrier));
        let own = self.line.batch.arena.get(self.line.record.carrier);
        if tracked.is_empty() { own } else { tracked }
    }
}

impl In<'_, AfterSales> {
    /// Whether the buyer took the request back, or it was closed without a refund.
    pub fn withdrawn(&self) -> bool {
        let state = self.text(self.record.state);
        let refunded = self.time(Field::RefundedAt).known().is_some();
        let taken_back = ["撤销", "取消", "关闭"].iter().any(|word| state.contains(word));
        self.time(Field::CancelledAt).known().is_some() || (taken_back && !refunded)
    }

    /// Whether the parcel was stopped on its way, or refused at the door.
    pub fn coming_back(&self) -> bool {
        let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        says(self.text(self.record.intercept_state), &["拦截成功", "已拦截", "拒收"])
            || says(self.text(self.record.return_state), &["拒收"])
    }
}

/// Whether a deadline is past and open, or near.
pub const fn presses(state: State) -> bool {
    matches!(state, State::Overdue | State::Urgent | State::Warning)
}

/// Of several claims of one kind the one that helps most; of several extensions the latest.
pub fn best(claims: impl IntoIterator<Item = Relief>) -> Option<Relief> {
    claims.into_iter().max_by_key(|relief| match relief {
        Relief::Refused { .. } => (0, None),
        Relief::Claimable { file_by, .. } => (1, *file_by),
        Relief::Pending { until } => (2, Some(*until)),
        Relief::Extend(to) => (3, Some(*to)),
        Relief::Waive | Relief::Void => (4, None),
    })
}

#[cfg(test)]
mod tests {
    use crate::assess::case::Context;
    use crate::assess::example::Example;
    use crate::assess::example::setting;
    use crate::assess::seats::only_seat;
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    /// The shipping option as the casebook is told it.
    fn service(given: &[(&str, &str)]) -> String {
        let given = given.iter().chain(&[("as_of", "2026-11-09 10:00")]);
        let given = given.map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
        let example = Example { given, expected: Vec::new() };
        let (ledger, casebook, as_of) = setting(Marketplace::Ebay, &example).expect("a setting");
        let book = Book::built_in().expect("the rulebook");
        let run = Context { ledger: &ledger, book: &book, casebook: &casebook, as_of };
        let seat = only_seat(run, &ledger.orders[0], false).expect("a seat");
        seat.case.scene().service.to_owned()
    }

    #[test]
    fn a_service_is_that_of_the_order_else_of_its_parcel() {
        assert_eq!(service(&[("parcel.service", "SpeedPAK")]), "SpeedPAK");
        assert_eq!(service(&[("service", "Economy"), ("parcel.service", "SpeedPAK")]), "Economy");
        assert_eq!(service(&[("service", "Economy")]), "Economy");
        assert_eq!(service(&[]), "");
    }
}
