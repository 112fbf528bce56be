//! Room 2: headings to layout.
//!
//! A file is known by its headings, whatever it is called. What the headings of each platform are, what its
//! status words mean and how it writes times is data: one TOML file a layout in `layouts/`; a profile of the
//! user's own is the same TOML.

mod heading;
mod layout;
mod matcher;

pub use heading::{first_letter, is_heading, normalise_heading, normalise_word};
pub use layout::{Kind, Layout, LayoutError, SplitParent, TimeStyle, Word};
pub use matcher::{Column, HEADING_ROWS, Recognition, Unrecognised, recognise, recognise_heading};

/// The layouts that come with the program, those that others extend first.
const BUILT_IN: &[(&str, &str)] = &[
    ("alibaba.toml", include_str!("layouts/alibaba.toml")),
    ("jd.toml", include_str!("layouts/jd.toml")),
    ("ebay-us.toml", include_str!("layouts/ebay-us.toml")),
    ("ebay-uk.toml", include_str!("layouts/ebay-uk.toml")),
    ("ebay-au.toml", include_str!("layouts/ebay-au.toml")),
    ("ebay-de.toml", include_str!("layouts/ebay-de.toml")),
    ("ebay-fr.toml", include_str!("layouts/ebay-fr.toml")),
    ("ebay-file-exchange.toml", include_str!("layouts/ebay-file-exchange.toml")),
    ("douyin.toml", include_str!("layouts/douyin.toml")),
    ("pinduoduo.toml", include_str!("layouts/pinduoduo.toml")),
    ("douyin-after-sales.toml", include_str!("layouts/douyin-after-sales.toml")),
    ("pinduoduo-after-sales.toml", include_str!("layouts/pinduoduo-after-sales.toml")),
    ("jd-after-sales.toml", include_str!("layouts/jd-after-sales.toml")),
    ("tracking.toml", include_str!("layouts/tracking.toml")),
    ("alibaba-logistics.toml", include_str!("layouts/alibaba-logistics.toml")),
];

/// The layouts whose words and zones the tables of lakes have, one a marketplace, and tracking.
const LAKES: [&str; 6] =
    ["alibaba-orders", "jd-orders", "ebay-us", "douyin-orders", "pinduoduo-orders", "tracking"];

/// The built-in layouts, with the user's own profiles (name, text) before them.
///
/// # Errors
/// A profile that is not a layout: the message names file, line and key.
pub fn layouts(profiles: &[(String, String)]) -> Result<Vec<Layout>, LayoutError> {
    let mut known = Vec::with_capacity(BUILT_IN.len() + profiles.len());
    for (name, text) in BUILT_IN {
        known.push(Layout::parse(name, text, &known)?);
    }
    // Lake tables hold what these do, under the canonical names of fields.
    let lakes = known.iter().filter(|layout| LAKES.contains(&layout.id.as_str())).map(Layout::lake);
    known.extend(lakes.collect::<Vec<_>>());
    let mut all = Vec::with_capacity(known.len() + profiles.len());
    for (name, text) in profiles {
        all.push(Layout::parse(name, text, &known)?);
    }
    all.extend(known);
    Ok(all)
}
