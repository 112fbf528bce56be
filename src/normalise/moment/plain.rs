//! The one form in which nearly every export writes its times, `2026-09-22 00:54:03`, eight bytes at a time.

/// Bytes of a time in this form.
pub const LEN: usize = 19;

/// A time in this form, not yet looked at as a date.
#[derive(Clone, Copy, Debug)]
pub struct Plain {
    /// Year, month and hyphens as they are written: `2026-09-`.
    month: [u8; 8],
    /// The day of the month, from 0 to 99.
    day: u32,
    /// Seconds after midnight.
    of_day: u32,
}

impl Plain {
    /// What stands in a cell in this form; nothing where anything is not a digit that should be, or where no day has
    /// that time.
    pub fn read(text: &[u8; LEN]) -> Option<Plain> {
        /// What must be added to a byte over the form so that its highest bit says that it is wrong: to a digit, which
        /// is 9 at the most, and to a sign, which must be 0.
        const DAY: u64 = wrong(*b"00 00:00");
        const TIME: u64 = wrong(*b"00:00:00");
        /// The same for hours of 24, minutes and seconds of 60, where their numbers stand.
        const BEYOND: u64 = (128 - 24) | (128 - 60) << 24 | (128 - 60) << 48;
        const NUMBERS: u64 = 0x00FF_0000_FF00_00FF;
        let (month, rest) = text.split_first_chunk::<8>()?;
        let day = over(*rest.first_chunk()?, *b"00 00:00");
        let time = over(*rest.last_chunk()?, *b"00:00:00");
        let numbers = pairs(time) & NUMBERS;
        let odd = (day | day.wrapping_add(DAY)) | (time | time.wrapping_add(TIME));
        if (odd | numbers.wrapping_add(BEYOND)) & HIGHEST != 0 {
            return None;
        }
        let number = |at: u32| (numbers >> at) as u32 & 0xFF;
        let of_day = number(0) * 3600 + number(24) * 60 + number(48);
        Some(Plain { month: *month, day: pairs(day) as u32 & 0xFF, of_day })
    }
}

/// Months whose beginnings were found lately: nearly all times of an export lie in a few.
#[derive(Clone, Copy, Debug)]
pub struct Months([Month; 32]);

/// A month as it is written, the midnight before its first day in seconds after 1970-01-01 00:00 of the clock it was
/// read from, and its days.
#[derive(Clone, Copy, Debug)]
struct Month {
    written: [u8; 8],
    before: i64,
    days: u32,
}

impl Default for Months {
    fn default() -> Months {
        // No month is written in blanks.
        Months([Month { written: *b"        ", before: 0, days: 0 }; 32])
    }
}

impl Months {
    /// The time in seconds after 1970-01-01 00:00 of the clock it was read from, without a detour over dates; nothing
    /// where there is no such day.
    pub fn seconds(&mut self, plain: Plain) -> Option<i64> {
        let [.., tens, ones, _] = plain.month;
        let month = &mut self.0[usize::from(tens & 1) * 16 + usize::from(ones & 15)];
        if month.written != plain.month {
            *month = Month::read(plain.month)?;
        }
        let ago = plain.day.checked_sub(1)?;
        (ago < month.days).then(|| month.before + i64::from(plain.day) * 86_400 + i64::from(plain.of_day))
    }
}

impl Month {
    fn read(written: [u8; 8]) -> Option<Month> {
        /// Days before each month, of a year that begins in March.
        const BEFORE: [i64; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
        const LONG: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const FORM: u64 = wrong(*b"0000-00-");
        /// 1970-01-01 in days after 0000-03-01.
        const EPOCH: i64 = 719_468;
        let word = over(written, *b"0000-00-");
        if (word | word.wrapping_add(FORM)) & HIGHEST != 0 {
            return None;
        }
        let number = |at: u32| i64::from((pairs(word) >> (at * 8)) as u8);
        let (year, month) = (number(0) * 100 + number(2), number(5));
        let at = usize::try_from(month - 1).ok()?;
        let leap = at == 1 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = *LONG.get(at)? + u32::from(leap);
        let year = year - i64::from(month < 3);
        let years = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(Month { written, before: (years + BEFORE[at] - 1 - EPOCH) * 86_400, days })
    }
}

/// The highest bit of each byte.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// What eight characters are over a form, as numbers from 0 to 9 where the form has a 0 and they have digits.
fn over(text: [u8; 8], form: [u8; 8]) -> u64 {
    u64::from_le_bytes(text) ^ u64::from_le_bytes(form)
}

/// What lifts a byte over the form to its highest bit when it is not as the form says.
const fn wrong(form: [u8; 8]) -> u64 {
    let mut lift = [0x7F; 8];
    let mut at = 0;
    while at < form.len() {
        if form[at] == b'0' {
            lift[at] = 0x7F - 9;
        }
        at += 1;
    }
    u64::from_le_bytes(lift)
}

/// At each byte the number that its digit makes with the one behind it.
const fn pairs(word: u64) -> u64 {
    word.wrapping_mul(10).wrapping_add(word >> 8)
}
