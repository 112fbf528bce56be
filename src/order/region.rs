//! A place in China, as precise as the export gives it.

/// A Chinese administrative place by its six-digit code (GB/T 2260): `420000` is 湖北省, `420100`
/// 武汉市, `420106` 武昌区. Hong Kong, Macau and Taiwan are provinces here (`810000`, `820000`,
/// `710000`).
///
/// Four bytes, `Copy`, and containment is arithmetic on the code, so regions cost nothing on the hot
/// path. [`Region::UNKNOWN`] stands for "no place was given, or none we know".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(u32);

impl Region {
    /// No place was given, or none that the gazetteer knows.
    pub const UNKNOWN: Region = Region(0);
    /// Mainland China as a whole: covers every mainland place, but neither 香港, 澳门 nor 台湾.
    pub const MAINLAND: Region = Region(1);

    /// The place with this six-digit code; `0` is [`Region::UNKNOWN`].
    pub const fn from_code(code: u32) -> Region {
        Region(code)
    }

    /// The six-digit code, `0` when unknown.
    pub const fn code(self) -> u32 {
        self.0
    }

    /// Whether any place is known.
    pub const fn is_known(self) -> bool {
        self.0 != 0
    }

    /// The province-level place this lies in; itself when it is one.
    #[must_use]
    pub const fn province(self) -> Region {
        if self.0 < 100 { self } else { Region(self.0 / 10_000 * 10_000) }
    }

    /// The prefecture-level city this lies in, or `None` for a whole province.
    pub const fn city(self) -> Option<Region> {
        if self.0.is_multiple_of(10_000) || self.0 < 100 { None } else { Some(Region(self.0 / 100 * 100)) }
    }

    /// The city that people mean by this place, or `None` for a whole province: a municipality is one city although
    /// its code is a province's, and a county straight under a province is on its own although its code shares a
    /// shelf with others.
    pub const fn own_city(self) -> Option<Region> {
        match (self.0 / 10_000, self.0 / 100 % 100) {
            (11 | 12 | 31 | 50, _) => Some(self.province()),
            (_, 90) => Some(self),
            _ => self.city(),
        }
    }

    /// Whether `other` is this place or lies inside it. Unknown places neither cover nor are covered.
    pub const fn covers(self, other: Region) -> bool {
        if self.0 == 0 || other.0 == 0 {
            return false;
        }
        if self.0 == Self::MAINLAND.0 {
            return other.0 == Self::MAINLAND.0 || other.0 < 700_000;
        }
        if self.0.is_multiple_of(10_000) {
            self.0 / 10_000 == other.0 / 10_000
        } else if self.0.is_multiple_of(100) {
            self.0 / 100 == other.0 / 100
        } else {
            self.0 == other.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn a_place_covers_itself_and_everything_below_it() {
        let (hubei, wuhan, wuchang) =
            (Region::from_code(420_000), Region::from_code(420_100), Region::from_code(420_106));
        assert!(hubei.covers(wuchang) && wuhan.covers(wuchang) && wuchang.covers(wuchang));
        assert!(!wuchang.covers(wuhan) && !wuhan.covers(hubei));
        assert!(!Region::from_code(430_000).covers(wuchang));
        assert!(Region::MAINLAND.covers(wuchang) && !Region::MAINLAND.covers(Region::from_code(810_000)));
        assert!(!Region::UNKNOWN.covers(wuchang) && !hubei.covers(Region::UNKNOWN));
    }

    #[test]
    fn province_and_city_are_read_from_the_code() {
        let wuchang = Region::from_code(420_106);
        assert_eq!(wuchang.province(), Region::from_code(420_000));
        assert_eq!(wuchang.city(), Some(Region::from_code(420_100)));
        assert_eq!(Region::from_code(420_000).city(), None);
    }

    #[test]
    fn municipalities_are_cities_and_counties_under_a_province_are_on_their_own() {
        for (place, city) in [
            (310_115, Some(310_000)),
            (310_000, Some(310_000)),
            (500_235, Some(500_000)),
            (420_106, Some(420_100)),
            (420_100, Some(420_100)),
            (429_004, Some(429_004)),
            (420_000, None),
            (1, None),
            (0, None),
        ] {
            assert_eq!(Region::from_code(place).own_city(), city.map(Region::from_code), "{place}");
        }
    }
}
