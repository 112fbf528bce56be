//! Places in China and countries: from the columns and addresses of exports, and from what people write.
//!
//! The tables beside this file are compiled in (see their README) and indexed once, on first use. Nothing
//! here reads a clock, a file or a network.

mod casebook;
mod context;
mod gazetteer;
mod mention;
mod reading;
#[cfg(test)]
mod tests;
mod two_provinces;
#[cfg(test)]
mod two_provinces_tests;
mod words;

pub use casebook::{Place, country, parse};
pub use two_provinces::{Address, Columns, address, columns};

use crate::order::Region;
use gazetteer::gazetteer;

/// Finds the place named by an export's separate columns, as deep as they agree.
///
/// Empty, masked and unknown cells are fine, and so are short and former names. The municipalities and
/// repeats are one place: `上海`, `上海市`, `市辖区` is 上海市. A column that names a place elsewhere is left out of
/// account; without a province, a city or a district that only one place has still counts.
pub fn from_columns(province: &str, city: &str, district: &str) -> Region {
    [province, city, district].into_iter().fold(Region::UNKNOWN, reading::deepen)
}

/// Reads the place that a one-string address begins with: `广东深圳市福田区…`, `陕西安康市紫阳县****`,
/// `湖北省 武汉市 武昌区 …`, `上海上海市浦东新区…`. [`Region::UNKNOWN`] when it begins with none.
pub fn from_address(address: &str) -> Region {
    reading::read(address, Region::UNKNOWN).region
}

/// The official names for showing, from the province down: `湖北省/武汉市/武昌区`. A municipality stands once
/// (`上海市/浦东新区`); the unknown place is empty.
pub fn name(region: Region) -> String {
    path(region, |(name, _)| name)
}

/// The short names, from the province down: `湖北/武汉/武昌`.
pub fn short_name(region: Region) -> String {
    path(region, |(_, short)| short)
}

/// The short name of the place alone: `武昌`, `恩施`, `西藏`; empty for the unknown place.
pub fn last_name(region: Region) -> &'static str {
    if region == Region::MAINLAND {
        return "中国大陆";
    }
    gazetteer().names(region).map_or("", |(_, short)| short)
}

fn path(region: Region, pick: fn((&'static str, &'static str)) -> &'static str) -> String {
    if region == Region::MAINLAND {
        return last_name(region).to_owned();
    }
    let mut levels = vec![region.province(), region.city().unwrap_or(region), region];
    levels.dedup();
    // Shelves of the code such as 429000 and 310100 are not in the table and drop out.
    let names: Vec<&str> = levels.into_iter().filter_map(|r| gazetteer().names(r).map(pick)).collect();
    names.join("/")
}
