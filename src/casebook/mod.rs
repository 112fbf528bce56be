//! Room: the facts that no order export holds, as the user keeps them in one workbook or a folder of CSVs.
//!
//! Each sheet has a file here with its row type, the declaration of its columns and how a row is read. The
//! declarations ([`SHEETS`]) serve the reader, the check of headings and the template alike.
//!
//! A row stands or falls by itself. A cell that cannot be read drops its row, with a [`CasebookIssue`] that says
//! where; only where an empty cell could never exempt more does such a cell read as empty and the row stays. Days
//! stay days ([`When::Day`]) until a rule compares them in its marketplace's `day_zone`.

mod agreement;
mod calendar;
mod card;
mod cells;
mod defect;
mod filing;
mod issue;
mod listing;
mod load;
mod notice;
mod region;
mod report;
mod scene;
mod sheet;
mod shelf;
#[cfg(test)]
mod tests;
mod when;
mod word;

pub use agreement::{Agreement, AgreementKind};
pub use calendar::{CalendarDay, DayKind};
pub use card::{Card, CardResponse};
pub use cells::Fault;
pub use defect::{Defect, DefectKind};
pub use filing::{Chat, Document, Filing, FilingKind, FilingStatus};
pub use issue::{CasebookIssue, FailedSheet, Loss, SheetFault};
pub use listing::{Fulfilment, Listing};
pub use load::{Loaded, is_casebook, is_guide, load};
pub use notice::{Notice, NoticeKind, Side};
pub use region::{RegionState, Risk};
pub use report::{Report, ReportKind};
pub use scene::{Miss, Scene, covers};
pub use sheet::{Column, EXAMPLE, GUIDE, Kind, SHEETS, Sheet};
pub use when::{CASEBOOK_ZONE, When, Window};
pub use word::{Closed, Word};

use crate::normalise::region::Place;
use crate::order::{Marketplace, Region};
use cells::Cells;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use shelf::Shelf;

/// A row that names an order and cannot be used: a finding can say so instead of seeing no claim at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Its sheet.
    pub sheet: &'static str,
    /// Its row in the sheet.
    pub row: u32,
    /// The column for which it cannot be used.
    pub column: &'static str,
    /// What is wrong there: a stable word.
    pub problem: &'static str,
}

/// All facts, by what they are looked up by. An empty one answers every question with nothing, at no cost.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    notices: Shelf<Marketplace, Notice>,
    regions: Shelf<u32, RegionState>,
    filings_by_order: Shelf<String, Filing>,
    filings_by_area: Shelf<Marketplace, Filing>,
    cards: FxHashMap<String, Vec<Card>>,
    agreements: Shelf<String, Agreement>,
    defects: Shelf<String, Defect>,
    reports: Shelf<String, Report>,
    calendar: Shelf<&'static str, CalendarDay>,
    listings: Shelf<String, Listing>,
    unusable: Shelf<String, Unusable>,
}

impl Casebook {
    /// The notices of a marketplace, in their order.
    pub fn notices(&self, marketplace: Marketplace) -> impl Iterator<Item = &Notice> {
        self.notices.of(&marketplace)
    }

    /// Every notice.
    pub fn all_notices(&self) -> &[Notice] {
        self.notices.all()
    }

    /// The states that may say something about a place or its city: those of its province, and of the mainland as a
    /// whole where it is in it.
    pub fn regions_about(&self, region: Region) -> impl Iterator<Item = &RegionState> {
        let mainland = (Region::MAINLAND.covers(region) && region != Region::MAINLAND)
            .then(|| self.regions.of(&Region::MAINLAND.code()));
        self.regions.of(&region.province().code()).chain(mainland.into_iter().flatten())
    }

    /// Every state of a region.
    pub fn all_regions(&self) -> &[RegionState] {
        self.regions.all()
    }

    /// Whether there is any filing.
    pub fn has_filings(&self) -> bool {
        !self.filings_by_order.all().is_empty() || !self.filings_by_area.all().is_empty()
    }

    /// The filings that name an order.
    pub fn filings_of(&self, marketplace: Marketplace, order_id: &str) -> impl Iterator<Item = &Filing> {
        self.filings_by_order.of(order_id).filter(move |row| row.marketplace == marketplace)
    }

    /// The filings of a marketplace that name no order, but regions or a window.
    pub fn area_filings(&self, marketplace: Marketplace) -> impl Iterator<Item = &Filing> {
        self.filings_by_area.of(&marketplace)
    }

    /// Every filing that may touch an order: those that name it, then those by region or window.
    pub fn filings_about(&self, marketplace: Marketplace, order_id: &str) -> impl Iterator<Item = &Filing> {
        self.filings_of(marketplace, order_id).chain(self.area_filings(marketplace))
    }

    /// Every filing: those that name orders, then the others.
    pub fn all_filings(&self) -> impl Iterator<Item = &Filing> {
        self.filings_by_order.all().iter().chain(self.filings_by_area.all())
    }

    /// The cards sent for a JD order, the earliest first.
    pub fn cards(&self, order_id: &str) -> &[Card] {
        self.cards.get(order_id).map_or(&[], Vec::as_slice)
    }

    /// What was agreed on for an order.
    pub fn agreements(&self, marketplace: Marketplace, order_id: &str) -> impl Iterator<Item = &Agreement> {
        self.agreements.of(order_id).filter(move |row| row.marketplace == marketplace)
    }

    /// Every agreement.
    pub fn all_agreements(&self) -> &[Agreement] {
        self.agreements.all()
    }

    /// The defects of an order.
    pub fn defects(&self, marketplace: Marketplace, order_id: &str) -> impl Iterator<Item = &Defect> {
        self.defects.of(order_id).filter(move |row| row.marketplace == marketplace)
    }

    /// Every defect, in the order of the casebook.
    pub fn all_defects(&self) -> &[Defect] {
        self.defects.all()
    }

    /// Whether there is any report.
    pub fn has_reports(&self) -> bool {
        !self.reports.all().is_empty()
    }

    /// What was reported on an order.
    pub fn reports(&self, marketplace: Marketplace, order_id: &str) -> impl Iterator<Item = &Report> {
        self.reports.of(order_id).filter(move |row| row.marketplace == marketplace)
    }

    /// Every report.
    pub fn all_reports(&self) -> &[Report] {
        self.reports.all()
    }

    /// The days of an area (`CN`, `HK`, another country's code), in their order.
    pub fn calendar(&self, area: &str) -> impl Iterator<Item = &CalendarDay> {
        self.calendar.of(area)
    }

    /// What a day of an area is, where the casebook says so; the last row on it counts.
    pub fn day(&self, area: &str, date: NaiveDate) -> Option<DayKind> {
        self.calendar(area).filter(|day| day.date == date).last().map(|day| day.kind)
    }

    /// Every day of every area.
    pub fn all_days(&self) -> &[CalendarDay] {
        self.calendar.all()
    }

    /// The listing of an item; the last row on it counts.
    pub fn listing(&self, item_id: &str) -> Option<&Listing> {
        self.listings.of(item_id).last()
    }

    /// Every listing.
    pub fn all_listings(&self) -> &[Listing] {
        self.listings.all()
    }

    /// Rows that name an order and cannot be used.
    pub fn unusable(&self, order_id: &str) -> impl Iterator<Item = &Unusable> {
        self.unusable.of(order_id)
    }

    /// A casebook of one row, as worked examples of rules give them.
    ///
    /// # Errors
    /// What cannot be read of it; `sheet` when that is none.
    pub fn from_cells<'c>(sheet: &str, cell: &dyn Fn(&str) -> &'c str) -> Result<Casebook, Fault> {
        let mut casebook = Casebook::default();
        match casebook.add_row(sheet, 0, cell)?.into_iter().next() {
            Some(doubt) => Err(doubt),
            None => Ok(casebook),
        }
    }

    /// Adds a row of a sheet, whose cells `cell` gives by the English names of the columns. Gives back the cells that
    /// could not be read in a row that was added all the same.
    ///
    /// # Errors
    /// The cell for which the row was not added; no column where there is no such sheet.
    pub fn add_row<'c>(
        &mut self,
        sheet: &str,
        row: u32,
        cell: &dyn Fn(&str) -> &'c str,
    ) -> Result<Vec<Fault>, Fault> {
        let Some(sheet) = Sheet::named(sheet) else {
            return Err(Fault { column: "", value: sheet.to_owned(), problem: "unknown-sheet" });
        };
        let mut cells = Cells::new(cell);
        if let Err(fault) = self.read_row(sheet, row, &mut cells) {
            let (column, problem) = (fault.column, fault.problem);
            let orders = cells.ids("order_id").unwrap_or_default();
            if !orders.is_empty() {
                self.unusable.add(orders, Unusable { sheet: sheet.name, row, column, problem });
            }
            return Err(fault);
        }
        Ok(cells.doubts)
    }

    fn read_row(&mut self, sheet: &Sheet, row: u32, cells: &mut Cells<'_, '_>) -> Result<(), Fault> {
        match sheet.name {
            "notices" => {
                notice::read(row, cells).map(|notice| self.notices.add([notice.marketplace], notice))
            }
            "regions" => {
                region::read(row, cells).map(|state| self.regions.add([key_of(state.region)], state))
            }
            "filings" => filing::read(row, cells).map(|filing| self.add_filing(filing)),
            "cards" => card::read(row, cells).map(|(order_id, card)| self.add_card(order_id, card)),
            "agreements" => {
                agreement::read(row, cells).map(|it| self.agreements.add([it.order_id.clone()], it))
            }
            "defects" => defect::read(row, cells).map(|it| self.defects.add([it.order_id.clone()], it)),
            "reports" => report::read(row, cells).map(|it| self.reports.add([it.order_id.clone()], it)),
            "calendar" => calendar::read(row, cells).map(|day| self.calendar.add([day.area], day)),
            "listings" => listing::read(row, cells).map(|it| self.listings.add([it.item_id.clone()], it)),
            _ => Ok(()),
        }
    }

    fn add_filing(&mut self, filing: Filing) {
        if filing.order_ids.is_empty() {
            self.filings_by_area.add([filing.marketplace], filing);
        } else {
            self.filings_by_order.add(filing.order_ids.clone(), filing);
        }
    }

    fn add_card(&mut self, order_id: String, card: Card) {
        let cards = self.cards.entry(order_id).or_default();
        cards.push(card);
        cards.sort_by_key(|card| card.sent_at);
    }
}

/// Where states of places abroad are kept; orders hold places in China only, so that they are never asked for.
const ABROAD: u32 = u32::MAX;

/// The province under which a state of a region is kept.
fn key_of(place: Place) -> u32 {
    match place {
        Place::China(region) => region.province().code(),
        Place::Foreign(_) => ABROAD,
    }
}
