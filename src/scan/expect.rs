//! The orders that are expected: over the window, on a day or in an hour, spread over stores and hours.

use super::plan::{Grid, ZONE, spread};
use super::shops::Shops;
use crate::casebook::When;
use crate::normalise::start_of_day;
use crate::order::{Instant, Marketplace};
use crate::rulebook::Book;
use chrono::{Days, Duration, NaiveDate};
use std::collections::BTreeMap;

/// The days of a promotion, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day, Asia/Shanghai.
    pub from: NaiveDate,
    /// The last one, whole.
    pub to: NaiveDate,
}

impl Span {
    /// When it begins, and when it is over.
    pub fn ends(self) -> Option<(Instant, Instant)> {
        let over = self.to.checked_add_days(Days::new(1))?;
        Some((start_of_day(ZONE, self.from)?, start_of_day(ZONE, over)?))
    }
}

/// When expected orders come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spell {
    /// In the whole window.
    Window,
    /// On a day, or in the hour of an instant.
    On(When),
}

/// Orders that are expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Their marketplace.
    pub marketplace: Marketplace,
    /// Their store; shared out over those of the inputs where none is named.
    pub store: Option<String>,
    /// When.
    pub spell: Spell,
    /// How many.
    pub orders: u64,
}

/// Orders of a day over its hours by weights, or all of them in the hour of an instant.
pub fn over_hours(when: When, orders: u64, weights: &[u64; 24]) -> Vec<(Instant, u64)> {
    match when {
        When::At(at) => {
            let into = at.timestamp().rem_euclid(3600);
            vec![(at - Duration::seconds(into), orders)]
        }
        When::Day(_) => {
            let begin = when.start(ZONE);
            let parts = spread(orders, weights);
            let at = |hour: usize| begin + Duration::hours(hour as i64);
            parts.into_iter().enumerate().map(|(hour, part)| (at(hour), part)).collect()
        }
    }
}

/// Expected orders by marketplace, store and hour of the plan, and those that come in no hour of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Orders by marketplace and store, then hour.
    pub stores: BTreeMap<(Marketplace, String), BTreeMap<u32, u64>>,
    /// Orders expected in hours that were over before the plan began: they are in the inputs, or were missed.
    pub past: u64,
    /// Orders that the list expects outside of the window.
    pub outside: u64,
}

/// Spreads expected orders over stores and hours.
pub fn arrivals(list: &[Expected], span: Span, grid: &Grid, shops: &Shops, book: &Book) -> Arrivals {
    let mut all = Arrivals::default();
    let Some((begin, end)) = span.ends() else { return all };
    for expected in list {
        let stores = if let Some(name) = &expected.store {
            vec![(name.clone(), expected.orders)]
        } else {
            let shares = shops.shares(expected.marketplace);
            let weights: Vec<u64> = shares.iter().map(|(_, orders)| *orders).collect();
            let parts = spread(expected.orders, &weights);
            shares.into_iter().zip(parts).map(|((name, _), part)| (name, part)).collect()
        };
        for (store, orders) in stores {
            let hours = hours_of(expected.spell, orders, span, book);
            let of_store = all.stores.entry((expected.marketplace, store)).or_default();
            for (at, count) in hours.into_iter().filter(|(_, count)| *count > 0) {
                match grid.hour_of(at) {
                    _ if at < begin || at >= end => all.outside += count,
                    Some(hour) => *of_store.entry(hour).or_default() += count,
                    None => all.past += count,
                }
            }
        }
    }
    all.stores.retain(|_, hours| !hours.is_empty());
    all
}

/// The same orders in so many hundredths of their number. Lists of small numbers are scaled by their running sum, so that
/// no half order of a row is lost; a single total is what anybody would type.
pub fn scaled(list: &[Expected], percent: u64) -> Vec<Expected> {
    let mut sums: BTreeMap<(Marketplace, Option<&str>), u64> = BTreeMap::new();
    let of = |sum: u64| (u128::from(sum) * u128::from(percent) / 100) as u64;
    let mut all = Vec::with_capacity(list.len());
    for expected in list {
        let sum = sums.entry((expected.marketplace, expected.store.as_deref())).or_default();
        let before = of(*sum);
        *sum = sum.saturating_add(expected.orders);
        all.push(Expected { orders: of(*sum) - before, ..expected.clone() });
    }
    all
}

fn hours_of(spell: Spell, orders: u64, span: Span, book: &Book) -> Vec<(Instant, u64)> {
    let curve =
        |day| book.scan.daily_curve.on(Some(day)).map_or([1; 24], |entry| entry.value.0.map(u64::from));
    match spell {
        Spell::On(when) => over_hours(when, orders, &curve(when.day(ZONE))),
        Spell::Window => {
            let days = span.from.iter_days().take_while(|day| *day <= span.to);
            let weights: Vec<u64> = days.flat_map(curve).collect();
            let begin = When::Day(span.from).start(ZONE);
            let at = |hour: usize| begin + Duration::hours(hour as i64);
            spread(orders, &weights).into_iter().enumerate().map(|(hour, part)| (at(hour), part)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, Expected, Span, Spell, arrivals, scaled};
    use crate::order::Marketplace;
    use crate::rulebook::Book;
    use crate::scan::list::{ListError, capacities, expected, totals};
    use crate::scan::plan::Grid;
    use crate::scan::shops::{Shop, Shops};

    const SPAN: (&str, &str) = ("2026-11-10", "2026-11-11");

    fn span() -> Span {
        let day = |text: &str| text.parse().expect("a day");
        Span { from: day(SPAN.0), to: day(SPAN.1) }
    }

    fn grid() -> Grid {
        Grid::new("2026-11-09T12:00:00+08:00".parse().expect("an instant"))
    }

    fn shops() -> Shops {
        let mut shops = Shops::default();
        for (name, orders) in [("A", 2), ("B", 1)] {
            let shop = Shop { orders, ..Shop::default() };
            shops.0.insert((Marketplace::Jd, name.to_owned()), shop);
        }
        shops
    }

    fn of(list: &[Expected]) -> Arrivals {
        arrivals(list, span(), &grid(), &shops(), &Book::built_in().expect("the rulebook"))
    }

    fn sum(all: &Arrivals, marketplace: Marketplace, store: &str) -> u64 {
        all.stores.get(&(marketplace, store.to_owned())).map_or(0, |hours| hours.values().sum())
    }

    #[test]
    fn totals_are_shared_by_the_orders_of_the_stores_and_lose_none() {
        let list = totals("jd=100, 拼多多=7", &Marketplace::parse).expect("totals");
        let all = of(&list);
        assert_eq!((sum(&all, Marketplace::Jd, "A"), sum(&all, Marketplace::Jd, "B")), (66, 34));
        assert_eq!(sum(&all, Marketplace::Pinduoduo, "default"), 7);
        assert_eq!(totals("jd=1,taobao=3", &Marketplace::parse), Err("taobao=3".to_owned()));
        assert_eq!(totals("jd=many", &Marketplace::parse), Err("jd=many".to_owned()));
        // The window begins 12 hours after the plan.
        let first = all.stores[&(Marketplace::Jd, "A".to_owned())].keys().next().copied();
        assert!(first.is_some_and(|hour| (12..20).contains(&hour)), "{first:?}");
    }

    #[test]
    fn a_list_names_hours_and_days_in_either_language() {
        let text = "平台,店铺,时间,订单数\n京东,B,2026-11-10 09:30,5\njd,,2026-11-11,24\njd,A,2026-11-12,3\n";
        let list = expected(text.as_bytes(), &Marketplace::parse).expect("a list");
        assert_eq!(list.len(), 3);
        let all = of(&list);
        assert_eq!(all.stores[&(Marketplace::Jd, "B".to_owned())].get(&21), Some(&5));
        assert_eq!((sum(&all, Marketplace::Jd, "A"), sum(&all, Marketplace::Jd, "B")), (16, 13));
        assert_eq!((all.past, all.outside), (0, 3));
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(expected(&gb, &Marketplace::parse).expect("a list"), list);
        let wrong = expected(b"marketplace,at,orders\njd,soon,5\n", &Marketplace::parse);
        assert_eq!(wrong, Err(ListError::Cell { row: 2, column: "at", value: "soon".to_owned() }));
        assert_eq!(expected(b"a,b\n", &Marketplace::parse), Err(ListError::NoColumn("marketplace")));
    }

    #[test]
    fn half_as_many_again_loses_no_half_order_of_a_list() {
        let of = |store: &str, orders| Expected {
            marketplace: Marketplace::Jd,
            store: Some(store.to_owned()),
            spell: Spell::Window,
            orders,
        };
        let list = [of("A", 1), of("B", 3), of("A", 1), of("A", 1), of("A", 5)];
        let more: Vec<u64> = scaled(&list, 150).into_iter().map(|expected| expected.orders).collect();
        assert_eq!(more, [1, 4, 2, 1, 8]);
    }

    #[test]
    fn hours_that_are_over_are_not_planned() {
        let grid = Grid::new("2026-11-10T22:10:00+08:00".parse().expect("an instant"));
        let list = [Expected {
            marketplace: Marketplace::Jd,
            store: Some("A".to_owned()),
            spell: Spell::Window,
            orders: 1000,
        }];
        let all = arrivals(&list, span(), &grid, &shops(), &Book::built_in().expect("the rulebook"));
        assert_eq!(all.past + sum(&all, Marketplace::Jd, "A"), 1000);
        assert!(all.past > 400 && all.past < 500, "{}", all.past);
    }

    #[test]
    fn capacities_that_are_not_named_are_none() {
        let capacity = capacities("日期,单量\n2026-11-10,48\n2026-11-11 08:00,7\n".as_bytes(), &grid());
        let hours = capacity.expect("a list").hours(&grid());
        assert_eq!(hours[..12].iter().sum::<u64>(), 0);
        assert!(hours[12..36].iter().all(|n| *n == 2));
        assert_eq!((hours[44], hours[36..].iter().sum::<u64>()), (7, 7));
    }
}
