//! A bar a phase, on a terminal only: how far, how fast, and how long it still takes.

use crate::words::Words;
use indicatif::{
    HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};
use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

/// What is being done, and by what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Bytes of files.
    Reading,
    /// Orders.
    Judging,
    /// Cells of the report.
    Writing,
    /// Parts of an audit.
    Merging,
}

impl Phase {
    const fn name(self) -> &'static str {
        match self {
            Phase::Reading => "cli.reading",
            Phase::Judging => "cli.judging",
            Phase::Writing => "cli.writing",
            Phase::Merging => "parts.reading",
        }
    }

    /// An amount; bytes have their unit in it.
    fn amount(self, amount: u64) -> String {
        if self == Phase::Reading { HumanBytes(amount).to_string() } else { HumanCount(amount).to_string() }
    }

    /// What is counted.
    fn unit(self, words: &Words) -> String {
        match self {
            Phase::Reading => String::new(),
            Phase::Judging => format!(" {}", words.get("cli.unit.orders")),
            Phase::Writing => format!(" {}", words.get("cli.unit.cells")),
            Phase::Merging => format!(" {}", words.get("cli.unit.parts")),
        }
    }
}

/// A bar for one phase; silent when not on a terminal or when quiet.
pub fn bar(quiet: bool, words: &'static Words, phase: Phase, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if quiet || !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        return bar;
    }
    let told = move |state: &ProgressState, out: &mut dyn Write| {
        // Some inputs are told of twice or not at all: never more than all, never a rate of nothing.
        let done = state.pos().min(total);
        let rate = state.per_sec() as u64;
        let left = total.saturating_sub(done).checked_div(rate).unwrap_or_default();
        let _ = write!(out, "{}", line(words, phase, (done, total), (rate, left)));
    };
    if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:16} {told}") {
        bar.set_style(style.with_key("told", told));
    }
    bar.set_prefix(words.get(phase.name()));
    bar
}

/// How much of how much is done, how much a second, and the seconds left; with the bar not wider than a narrow terminal.
fn line(words: &Words, phase: Phase, (done, total): (u64, u64), (rate, left): (u64, u64)) -> String {
    let mut line = format!("{} / {}{}", phase.amount(done), phase.amount(total), phase.unit(words));
    if rate > 0 {
        let left = HumanDuration(Duration::from_secs(left));
        let _ = write!(line, " · {}/s · {} {left:#}", phase.amount(rate), words.get("cli.left"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Phase, line};
    use crate::words::Language;

    #[test]
    fn a_bar_tells_how_fast_it_goes_and_how_long_it_takes() {
        let (zh, en) = (Language::Chinese.words(), Language::English.words());
        let said = line(en, Phase::Writing, (1_500_000, 6_000_000), (900_000, 5));
        assert_eq!(said, "1,500,000 / 6,000,000 cells · 900,000/s · left 5s");
        let said = line(zh, Phase::Reading, (1 << 20, 3 << 20), (1 << 20, 2));
        assert_eq!(said, "1.00 MiB / 3.00 MiB · 1.00 MiB/s · 剩余 2s");
        assert_eq!(line(en, Phase::Judging, (0, 7), (0, 0)), "0 / 7 orders");
    }
}
