//! The file of a layout, and how a layout is made of it.

use super::{Kind, Layout, SplitParent, TimeStyle, Word};
use crate::order::{Field, Marketplace, OrderType, Stage};
use crate::recognise::heading::{normalise_heading, normalise_word};
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use thiserror::Error;

/// The file as written; fields as in `docs/adding-a-marketplace.md`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Raw {
    id: String,
    extends: Option<String>,
    marketplace: Option<String>,
    kind: Option<Kind>,
    bilingual: Option<bool>,
    #[serde(default)]
    must: Vec<Vec<String>>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    reject: Vec<String>,
    export_zone: Option<Tz>,
    day_zone: Option<Tz>,
    #[serde(default)]
    times: Vec<TimeStyle>,
    #[serde(default)]
    months: BTreeMap<String, u32>,
    #[serde(default)]
    footers: Vec<String>,
    seller_footer: Option<String>,
    summary_rows: Option<bool>,
    whole_days: Option<bool>,
    rows_share_cells: Option<bool>,
    status_from_times: Option<bool>,
    joined_sub_orders: Option<String>,
    split_parent: Option<SplitParent>,
    #[serde(default)]
    other: Vec<String>,
    #[serde(default)]
    columns: BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    status: BTreeMap<String, String>,
    #[serde(default)]
    status_prefix: BTreeMap<String, String>,
    #[serde(default)]
    order_type: BTreeMap<String, String>,
    #[serde(default)]
    payment_method: BTreeMap<String, String>,
    #[serde(default)]
    after_sales_state: BTreeMap<String, String>,
    #[serde(default)]
    marks: BTreeMap<String, String>,
    #[serde(default)]
    cancel_reason: BTreeMap<String, String>,
}

/// Why a layout could not be used.
#[derive(Debug, Error)]
pub enum LayoutError {
    /// The file is no TOML, or a key is unknown; the message carries line and column.
    #[error("{name}: {source}")]
    Toml {
        /// The file.
        name: String,
        /// What the TOML reader says, with the line.
        source: Box<toml::de::Error>,
    },
    /// A value is none of those that are possible.
    #[error("layout {id}: {key} = \"{value}\" is not known; use one of {known}")]
    Word {
        /// The layout.
        id: String,
        /// The key.
        key: &'static str,
        /// The value as written.
        value: String,
        /// What may stand there.
        known: &'static str,
    },
    /// A key that must be there is missing.
    #[error("layout {id}: the key \"{key}\" is missing")]
    Missing {
        /// The layout.
        id: String,
        /// The key.
        key: &'static str,
    },
    /// `extends` names a layout that does not stand before it.
    #[error("layout {id}: extends \"{parent}\", which is not known")]
    Parent {
        /// The layout.
        id: String,
        /// What it names.
        parent: String,
    },
}

impl Layout {
    /// Reads a layout; `known` are the layouts it may extend; `name` is the file's name for messages.
    pub fn parse(name: &str, text: &str, known: &[Layout]) -> Result<Layout, LayoutError> {
        let raw: Raw = toml::from_str(text)
            .map_err(|source| LayoutError::Toml { name: name.to_owned(), source: Box::new(source) })?;
        let parent = match &raw.extends {
            Some(id) => Some(
                known
                    .iter()
                    .find(|layout| layout.id == *id)
                    .ok_or_else(|| LayoutError::Parent { id: raw.id.clone(), parent: id.clone() })?,
            ),
            None => None,
        };
        let mut layout = match parent {
            Some(parent) => parent.clone(),
            None => Layout::empty(&raw)?,
        };
        layout.overlay(raw)?;
        layout.index();
        Ok(layout)
    }

    /// A layout that extends nothing must say what it is.
    fn empty(raw: &Raw) -> Result<Layout, LayoutError> {
        let missing = |key| LayoutError::Missing { id: raw.id.clone(), key };
        Ok(Layout {
            id: raw.id.clone(),
            marketplace: None,
            kind: raw.kind.ok_or_else(|| missing("kind"))?,
            bilingual: false,
            must: Vec::new(),
            any: Vec::new(),
            reject: Vec::new(),
            export_zone: raw.export_zone.ok_or_else(|| missing("export-zone"))?,
            day_zone: raw.day_zone.ok_or_else(|| missing("day-zone"))?,
            times: Vec::new(),
            months: BTreeMap::new(),
            footers: Vec::new(),
            seller_footer: None,
            summary_rows: false,
            whole_days: false,
            rows_share_cells: false,
            status_from_times: false,
            joined_sub_orders: None,
            split_parent: None,
            status: HashMap::new(),
            status_prefix: Vec::new(),
            order_type: Vec::new(),
            cash_on_delivery: Vec::new(),
            refunded: Vec::new(),
            deferred: Vec::new(),
            exempted: Vec::new(),
            stockout: Vec::new(),
            buyer_wish: Vec::new(),
            not_cancelled: Vec::new(),
            columns: BTreeMap::new(),
            other: Vec::new(),
            names: HashMap::new(),
        })
    }

    /// What the file says replaces what was there; columns, other headings and words are added to it.
    fn overlay(&mut self, raw: Raw) -> Result<(), LayoutError> {
        let id = raw.id.clone();
        if let Some(name) = &raw.marketplace {
            self.marketplace =
                Some(Marketplace::parse(name).unwrap_or_else(|| Marketplace::Other(name.clone().leak())));
        }
        self.kind = raw.kind.unwrap_or(self.kind);
        self.bilingual = raw.bilingual.unwrap_or(self.bilingual);
        self.export_zone = raw.export_zone.unwrap_or(self.export_zone);
        self.day_zone = raw.day_zone.unwrap_or(self.day_zone);
        self.summary_rows = raw.summary_rows.unwrap_or(self.summary_rows);
        self.whole_days = raw.whole_days.unwrap_or(self.whole_days);
        self.rows_share_cells = raw.rows_share_cells.unwrap_or(self.rows_share_cells);
        self.status_from_times = raw.status_from_times.unwrap_or(self.status_from_times);
        replace_all(&mut self.must, raw.must);
        replace_all(&mut self.any, raw.any);
        replace_all(&mut self.reject, raw.reject);
        replace_all(&mut self.times, raw.times);
        replace_all(&mut self.footers, raw.footers);
        self.seller_footer = raw.seller_footer.or(self.seller_footer.take());
        self.joined_sub_orders = raw.joined_sub_orders.or(self.joined_sub_orders.take());
        self.split_parent = raw.split_parent.or(self.split_parent.take());
        self.months.extend(raw.months.into_iter().map(|(name, month)| (name.to_lowercase(), month)));
        for (field, names) in raw.columns {
            // A layout's own headings come before those it takes over.
            let inherited = self.columns.remove(&field).unwrap_or_default();
            self.columns.insert(field, names.into_iter().chain(inherited).collect());
        }
        self.other.extend(raw.other);
        for (text, word) in raw.status {
            self.status.insert(normalise_word(&text), status_word(&id, &word)?);
        }
        for (text, word) in raw.status_prefix {
            self.status_prefix.push((normalise_word(&text), status_word(&id, &word)?));
        }
        for (text, word) in raw.order_type {
            self.order_type.push((normalise_word(&text), order_type(&id, &word)?));
        }
        take(&mut self.cash_on_delivery, raw.payment_method, &id, "payment-method", "cash-on-delivery")?;
        take(&mut self.refunded, raw.after_sales_state, &id, "after-sales-state", "refunded")?;
        for (text, word) in raw.cancel_reason {
            let list = match word.as_str() {
                "stockout" => &mut self.stockout,
                "buyer-wish" => &mut self.buyer_wish,
                "not-cancelled" => &mut self.not_cancelled,
                _ => {
                    return Err(LayoutError::Word {
                        id,
                        key: "cancel-reason",
                        value: word,
                        known: "stockout, buyer-wish, not-cancelled",
                    });
                }
            };
            list.push(normalise_word(&text));
        }
        for (text, word) in raw.marks {
            let list = match word.as_str() {
                "deferred" => &mut self.deferred,
                "exempted" => &mut self.exempted,
                _ => {
                    return Err(LayoutError::Word {
                        id,
                        key: "marks",
                        value: word,
                        known: "deferred, exempted",
                    });
                }
            };
            list.push(normalise_word(&text));
        }
        self.id = id;
        Ok(())
    }

    /// Makes the table from heading to field, and its rank among the headings of that field.
    pub(super) fn index(&mut self) {
        self.names.clear();
        for name in &self.other {
            self.names.insert(normalise_heading(name), (None, 0));
        }
        for (field, names) in &self.columns {
            for (rank, name) in names.iter().enumerate() {
                self.names.insert(normalise_heading(name), (Some(*field), rank));
            }
        }
    }
}

fn replace_all<T>(list: &mut Vec<T>, new: Vec<T>) {
    if !new.is_empty() {
        *list = new;
    }
}

/// Adds the texts of a table whose only possible word is `only`.
fn take(
    list: &mut Vec<String>,
    table: BTreeMap<String, String>,
    id: &str,
    key: &'static str,
    only: &'static str,
) -> Result<(), LayoutError> {
    for (text, word) in table {
        if word != only {
            return Err(LayoutError::Word { id: id.to_owned(), key, value: word, known: only });
        }
        list.push(normalise_word(&text));
    }
    Ok(())
}

fn status_word(id: &str, word: &str) -> Result<Word, LayoutError> {
    if word == "held" {
        return Ok(Word::Held);
    }
    let deserializer = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word);
    Stage::deserialize(deserializer).map(Word::Stage).map_err(|_| LayoutError::Word {
        id: id.to_owned(),
        key: "status",
        value: word.to_owned(),
        known: "unknown, unpaid, new, awaiting-shipment, shipping, partly-shipped, shipped, delivered, completed, \
                cancelled, refunded-unshipped, refunded-shipped, refunded-delivered, held",
    })
}

fn order_type(id: &str, word: &str) -> Result<OrderType, LayoutError> {
    match word {
        "direct" => Ok(OrderType::Direct),
        "non-direct" => Ok(OrderType::NonDirect),
        "presale" => Ok(OrderType::Presale),
        _ => Err(LayoutError::Word {
            id: id.to_owned(),
            key: "order-type",
            value: word.to_owned(),
            known: "direct, non-direct, presale",
        }),
    }
}
