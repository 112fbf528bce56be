//! `shipby.toml`: stores, zones and defaults for every option.

use crate::normalise::region::{Place, parse};
use crate::normalise::{StoreFacts, StoreRule};
use crate::order::{Marketplace, Region};
use chrono_tz::Tz;
use globset::{GlobBuilder, GlobSetBuilder};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Stores.
    #[serde(default)]
    pub store: Vec<StoreConfig>,
    /// Default of `--output`.
    pub output: Option<PathBuf>,
    /// Default of `--as-of`.
    pub as_of: Option<String>,
    /// Default of `--casebook`.
    pub casebook: Option<PathBuf>,
    /// Default of `--rulebook`.
    pub rulebook: Option<PathBuf>,
    /// Default of `--json`.
    pub json: Option<PathBuf>,
    /// Default of `--ndjson`.
    pub ndjson: Option<PathBuf>,
    /// Default of `--csv`.
    pub csv: Option<PathBuf>,
    /// Default of `--raw-csv`.
    pub raw_csv: Option<bool>,
    /// Default of `--since`.
    pub since: Option<PathBuf>,
    /// Default of `--carry`.
    pub carry: Option<PathBuf>,
    /// Default of `--share`.
    pub share: Option<PathBuf>,
    /// Default of `--profile`.
    #[serde(default)]
    pub profile: Vec<PathBuf>,
    /// Default of `--expect`.
    pub expect: Option<String>,
    /// Default of `--capacity`: a number, or as typed.
    pub capacity: Option<Typed>,
    /// Default of `--hours`.
    pub hours: Option<String>,
    /// Default of `--days-off`.
    pub days_off: Option<String>,
    /// Default of `--trials`.
    pub trials: Option<u32>,
    /// Default of `--seed`.
    pub seed: Option<u64>,
    /// Default of `--annotate`.
    pub annotate: Option<String>,
    /// Default of `--mask`.
    pub mask: Option<bool>,
    /// Default of `--lang`.
    pub lang: Option<String>,
    /// Default of `--fail-on`.
    pub fail_on: Option<String>,
    /// Default of `--threads`.
    pub threads: Option<usize>,
    /// Default of `--quiet`.
    pub quiet: Option<bool>,
}

/// A number, or what one would type.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Typed {
    /// A number.
    Number(u64),
    /// Words.
    Text(String),
}

impl std::fmt::Display for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Typed::Number(number) => write!(f, "{number}"),
            Typed::Text(text) => f.write_str(text),
        }
    }
}

/// A store.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StoreConfig {
    /// Its name.
    pub name: String,
    /// Only on this marketplace.
    pub marketplace: Option<String>,
    /// Its files: globs relative to the configuration file.
    #[serde(default)]
    pub files: Vec<String>,
    /// Where it ships from, when the export does not say.
    pub ships_from: Option<String>,
    /// Zone of times without an offset.
    pub export_zone: Option<Tz>,
    /// Zone that says where a day ends.
    pub day_zone: Option<Tz>,
    /// eBay handling days.
    pub handling_days: Option<u32>,
}

/// Why a configuration could not be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no TOML, or a key is unknown; the message carries the line.
    #[error("{path}: {source}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// What the TOML reader says, with the line.
        source: Box<toml::de::Error>,
    },
    /// A value that is none of those that are possible.
    #[error("{path}: store \"{store}\": {key} = \"{value}\" is not known")]
    Value {
        /// The file.
        path: PathBuf,
        /// The store.
        store: String,
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
    },
}

/// Reads a configuration.
///
/// # Errors
/// When the file cannot be read or is none.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    toml::from_str(&text)
        .map_err(|source| ConfigError::Toml { path: path.to_owned(), source: Box::new(source) })
}

/// The stores of a configuration, ready for reading inputs.
///
/// # Errors
/// When a marketplace, a place or a glob is none.
pub fn stores(config: &Config, path: &Path) -> Result<Vec<StoreRule>, ConfigError> {
    let base = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let base = base.parent().map(Path::to_owned).unwrap_or_default();
    config.store.iter().map(|store| store_rule(store, path, &base)).collect()
}

fn store_rule(store: &StoreConfig, path: &Path, base: &Path) -> Result<StoreRule, ConfigError> {
    let wrong = |key, value: &str| ConfigError::Value {
        path: path.to_owned(),
        store: store.name.clone(),
        key,
        value: value.to_owned(),
    };
    let marketplace = match &store.marketplace {
        Some(name) => Some(Marketplace::parse(name).ok_or_else(|| wrong("marketplace", name))?),
        None => None,
    };
    let ships_from = match &store.ships_from {
        Some(text) => match parse(text) {
            Some(Place::China(region)) => region,
            Some(Place::Foreign(_)) => Region::UNKNOWN,
            None => return Err(wrong("ships-from", text)),
        },
        None => Region::UNKNOWN,
    };
    let mut globs = GlobSetBuilder::new();
    for pattern in &store.files {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        globs.add(glob.map_err(|_| wrong("files", pattern))?);
    }
    let files = globs.build().map_err(|_| wrong("files", &store.files.join(", ")))?;
    let facts =
        StoreFacts { name: store.name.clone(), marketplace, ships_from, handling_days: store.handling_days };
    let (export_zone, day_zone) = (store.export_zone, store.day_zone);
    Ok(StoreRule { facts, files, base: base.to_owned(), export_zone, day_zone })
}

#[cfg(test)]
mod tests {
    use super::{Config, stores};
    use std::path::Path;

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error =
            toml::from_str::<Config>("quiet = true\ncolour = \"red\"\n").expect_err("an error").to_string();
        assert!(error.contains("line 2") && error.contains("colour"), "{error}");
    }

    #[test]
    fn a_store_says_where_it_ships_from() {
        let config: Config = toml::from_str(
            "[[store]]\nname = \"武汉旗舰店\"\nfiles = [\"douyin/wuhan/**\"]\nships-from = \"湖北/武汉\"\n",
        )
        .expect("a configuration");
        let rules = stores(&config, Path::new("shipby.toml")).expect("stores");
        assert_eq!(rules[0].facts.ships_from.code(), 420_100);
        assert!(
            rules[0].files.is_match("douyin/wuhan/a/订单.csv") && !rules[0].files.is_match("douyin/x.csv")
        );
        let config: Config =
            toml::from_str("[[store]]\nname = \"x\"\nships-from = \"nowhere\"\n").expect("toml");
        let error = stores(&config, Path::new("shipby.toml")).expect_err("an error").to_string();
        assert!(error.contains("ships-from = \"nowhere\""), "{error}");
    }
}
