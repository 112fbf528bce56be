//! The marketplaces.

use std::fmt;

/// A marketplace whose exports are read and whose rules are known, or one that a profile of the user's
/// own added.
///
/// The ids of [`Marketplace::as_str`] are the JSON values and the folder names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Marketplace {
    /// Alibaba.com 阿里国际站.
    Alibaba,
    /// JD 京东.
    Jd,
    /// eBay.
    Ebay,
    /// Douyin 抖店.
    Douyin,
    /// Pinduoduo 拼多多.
    Pinduoduo,
    /// A marketplace that a profile added; its id was leaked once when the profile was read, so that the
    /// type stays `Copy` and small.
    Other(&'static str),
}

impl Marketplace {
    /// The five that are built in, in the order in which reports list them.
    pub const BUILT_IN: [Marketplace; 5] = [
        Marketplace::Alibaba,
        Marketplace::Jd,
        Marketplace::Ebay,
        Marketplace::Douyin,
        Marketplace::Pinduoduo,
    ];

    /// The id used in JSON, in the casebook and in folder names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Marketplace::Alibaba => "alibaba",
            Marketplace::Jd => "jd",
            Marketplace::Ebay => "ebay",
            Marketplace::Douyin => "douyin",
            Marketplace::Pinduoduo => "pinduoduo",
            Marketplace::Other(id) => id,
        }
    }

    /// Reads a built-in marketplace by id or by one of its usual names, case ignored.
    pub fn parse(text: &str) -> Option<Marketplace> {
        if text.is_empty() {
            return None;
        }
        // Every parcel of a tracking file may say it: nearly all as it is written here.
        let name = text.trim();
        Self::called(name).or_else(|| Self::called(&name.to_lowercase()))
    }

    fn called(name: &str) -> Option<Marketplace> {
        Some(match name {
            "alibaba" | "alibaba.com" | "阿里国际站" | "国际站" | "阿里巴巴" | "阿里巴巴国际站" => {
                Marketplace::Alibaba
            }
            "jd" | "jd.com" | "京东" => Marketplace::Jd,
            "ebay" => Marketplace::Ebay,
            "douyin" | "抖店" | "抖音" | "抖音电商" | "抖音小店" => Marketplace::Douyin,
            "pinduoduo" | "pdd" | "拼多多" => Marketplace::Pinduoduo,
            _ => return None,
        })
    }
}

impl fmt::Display for Marketplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Marketplace;

    #[test]
    fn every_id_reads_back_as_itself() {
        for marketplace in Marketplace::BUILT_IN {
            assert_eq!(Marketplace::parse(marketplace.as_str()), Some(marketplace));
        }
        assert_eq!(Marketplace::parse(" EBay "), Some(Marketplace::Ebay));
        assert_eq!(Marketplace::parse("抖音电商"), Some(Marketplace::Douyin));
        assert_eq!(Marketplace::parse("taobao"), None);
    }
}
