//! A bar a phase, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar for one phase; silent when not on a terminal or when quiet.
pub fn bar(quiet: bool, name: &str, total: u64, bytes: bool) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if quiet || !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        return bar;
    }
    let template = if bytes {
        "{prefix} {bar:32} {bytes}/{total_bytes} {bytes_per_sec} {eta}"
    } else {
        "{prefix} {bar:32} {human_pos}/{human_len} {per_sec} {eta}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_prefix(name.to_owned());
    bar
}
