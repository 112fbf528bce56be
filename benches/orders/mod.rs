//! Makes exports of any number of orders, with the headings, encodings and habits of the five marketplaces.
//!
//! Everything is invented, and the same number of orders gives the same bytes. Most orders are long done; some are
//! late, some wait, and 5 to 8 in a hundred end up in the report's table, as in a store that is run with some care.

mod chance;
mod china;
mod life;
mod overseas;
mod sheet;

use std::fs::{File, create_dir_all};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

/// The moment for which the orders are made: what to give as `--as-of`.
pub const AS_OF: &str = "2026-11-09 12:00";

/// One export: orders, or the tracking of the orders before it.
pub struct Export {
    /// Folder and file.
    pub path: &'static str,
    /// Of a hundred orders, how many are this marketplace's.
    pub share: u64,
    write: fn(&mut dyn Write, &mut dyn Write, Range<u64>) -> io::Result<()>,
    /// The tracking file that goes with it.
    pub tracking: &'static str,
}

/// The exports of a run, the shares of which make a hundred.
pub const EXPORTS: [Export; 5] = [
    Export { path: "jd/1158620043.csv", share: 20, write: china::jd, tracking: "jd/tracking.csv" },
    Export {
        path: "pinduoduo/d8a1360358cbcaa3da2d5db0f5c0c4b9orders_export2026-11-09-11-40-06.csv",
        share: 25,
        write: china::pinduoduo,
        tracking: "pinduoduo/tracking.csv",
    },
    Export {
        path: "douyin/1794195300_099860102c4a4ad5d13475abd60ddf28.csv",
        share: 25,
        write: china::douyin,
        tracking: "douyin/tracking.csv",
    },
    Export {
        path: "alibaba/orders_20261109113500.csv",
        share: 10,
        write: overseas::alibaba,
        tracking: "alibaba/logistics.csv",
    },
    Export {
        path: "ebay/eBay-OrdersReport-Nov-08-2026-19_55_02-0800-11400000001.csv",
        share: 20,
        write: overseas::ebay,
        tracking: "ebay/tracking.csv",
    },
];

impl Export {
    /// Writes the orders of these numbers and their tracking.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(
        &self,
        orders: &mut dyn Write,
        tracking: &mut dyn Write,
        which: Range<u64>,
    ) -> io::Result<()> {
        (self.write)(orders, tracking, which)
    }

    /// Writes them as files below a folder, of which `path` gives the path of each.
    fn write_below(&self, folder: &Path, path: &dyn Fn(&str) -> String, which: Range<u64>) -> io::Result<()> {
        let file = |name: &str| -> io::Result<BufWriter<File>> {
            let path = folder.join(path(name));
            create_dir_all(path.parent().unwrap_or(folder))?;
            Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
        };
        let (mut table, mut tracking) = (file(self.path)?, file(self.tracking)?);
        self.write(&mut table, &mut tracking, which)?;
        table.flush()?;
        tracking.flush()
    }
}

/// Writes `orders` orders of all marketplaces into a folder.
///
/// # Errors
/// When a file cannot be written.
#[allow(dead_code, reason = "the stages of the pipeline need no folder")]
pub fn write_all(folder: &Path, orders: u64) -> io::Result<()> {
    EXPORTS
        .iter()
        .try_for_each(|export| export.write_below(folder, &str::to_owned, 0..orders * export.share / 100))
}

/// Writes `orders` orders as those of `stores` stores, each with a folder of its own and on one marketplace. No order
/// stands in two stores; the shares of the marketplaces are those of [`write_all`].
///
/// # Errors
/// When a file cannot be written.
#[allow(dead_code, reason = "only the generator makes stores")]
pub fn write_stores(folder: &Path, orders: u64, stores: u64) -> io::Result<()> {
    for store in 0..stores {
        let mut above = 0;
        let export = EXPORTS.iter().find(|export| {
            above += export.share;
            store * 100 / stores < above
        });
        let which = store * orders / stores..(store + 1) * orders / stores;
        // The folder names the store, so that of the marketplace goes.
        let path = |name: &str| {
            format!("store-{:03}/{}", store + 1, name.rsplit_once('/').map_or(name, |(_, file)| file))
        };
        export.map_or(Ok(()), |export| export.write_below(folder, &path, which))?;
    }
    Ok(())
}
