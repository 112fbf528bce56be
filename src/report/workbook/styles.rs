//! The fixed set of formats: the same for every input, so that no workbook runs out of them.

use crate::assess::State;
use crate::compare::Kind;
use crate::words::Language;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

/// The colours of the report.
pub mod colour {
    use rust_xlsxwriter::Color;

    /// Text.
    pub const INK: Color = Color::RGB(0x1F_29_37);
    /// Text that stands back.
    pub const QUIET: Color = Color::RGB(0x6B_72_80);
    /// Lines between rows.
    pub const LINE: Color = Color::RGB(0xE1_E5_EA);
    /// Headings of our own columns.
    pub const NAVY: Color = Color::RGB(0x22_3F_66);
    /// Headings of columns from an input.
    pub const MIST: Color = Color::RGB(0xE9_ED_F2);
    /// Headings of columns to fill in.
    pub const LEAF: Color = Color::RGB(0xDD_E8_D9);
    /// Cells to fill in.
    pub const SPROUT: Color = Color::RGB(0xF7_FA_F5);
    /// Links.
    pub const LINK: Color = Color::RGB(0x1D_4E_89);
    /// Behind figures.
    pub const TILE: Color = Color::RGB(0xF5_F7_FA);
    /// Cells with a data issue.
    pub const ISSUE: Color = Color::RGB(0xFF_E3_A3);
    /// A breach.
    pub const RED: Color = Color::RGB(0xB4_23_18);
}

/// The mark of a state, which reads in black and white too.
pub const fn mark(state: State) -> &'static str {
    match state {
        State::Overdue => "●",
        State::Late => "■",
        State::Urgent => "▲",
        State::Warning => "◆",
        State::Advice => "◇",
        State::Unverifiable => "○",
        _ => "·",
    }
}

/// The solid colour of a state in charts.
pub const fn chart_colour(state: State) -> Color {
    Color::RGB(match state {
        State::Overdue => 0xC0_39_2B,
        State::Late => 0x7B_5E_7B,
        State::Urgent => 0xE6_7E_22,
        State::Warning => 0xF2_C1_4E,
        State::Advice => 0x5B_8D_B8,
        _ => 0xA9_B2_BC,
    })
}

/// Fill and text colour of a state.
const fn tint(state: State) -> (u32, u32) {
    match state {
        State::Overdue => (0xFB_DE_DB, 0x8E_1B_12),
        State::Late => (0xEF_E6_EF, 0x5E_3A_5E),
        State::Urgent => (0xFD_E6_CF, 0x8A_42_00),
        State::Warning => (0xFF_F4_CC, 0x6E_53_00),
        State::Advice => (0xE0_EC_F7, 0x1D_4A_75),
        State::Unverifiable => (0xEC_EE_F0, 0x44_4B_54),
        _ => (0xFF_FF_FF, 0x6B_72_80),
    }
}

/// Every format of the workbook.
pub struct Styles {
    /// The title of the report.
    pub title: Format,
    /// The line below it.
    pub subtitle: Format,
    /// The answer in a sentence.
    pub answer: Format,
    /// What changed since the last audit.
    pub since: Format,
    /// The same as a link.
    pub since_link: Format,
    /// Heading of a part of a sheet.
    pub section: Format,
    /// A small remark.
    pub remark: Format,
    /// Label, figure and remark of a tile; the figure also in red.
    pub tile: [Format; 4],
    /// Headings of our columns.
    pub head: Format,
    /// Headings of our columns of numbers.
    pub head_centre: Format,
    /// Headings of an input's columns.
    pub head_input: Format,
    /// Headings of columns to fill in.
    pub head_fill: Format,
    /// Text.
    pub text: Format,
    /// Text over several lines.
    pub wrap: Format,
    /// Text in the middle of its cell.
    pub centre: Format,
    /// A cell to fill in.
    pub fill_in: Format,
    /// A whole number.
    pub count: Format,
    /// Cells of inputs that have no format of their own.
    pub plain: Format,
    /// Hours, red when over.
    pub hours: Format,
    /// A share.
    pub percent: Format,
    /// A date and time to the minute.
    pub moment: Format,
    /// A link.
    pub link: Format,
    /// A link at the right of a heading.
    pub more: Format,
    /// A state, in the order of [`State::WORST_FIRST`].
    pub risk: Vec<Format>,
    /// The same in front of rows of inputs, where no lines are drawn.
    pub front_risk: Vec<Format>,
    /// Date with time, and hours, in front of rows of inputs.
    pub front: [Format; 2],
    /// Cells of inputs: date, date with time, time, length of time, long whole number.
    pub input: [Format; 5],
    /// The same where the cell has a data issue.
    pub issue: [Format; 5],
    /// Any other cell with a data issue.
    pub issue_text: Format,
}

impl Styles {
    /// The formats for a language: Chinese text stands in a Chinese typeface.
    pub fn new(language: Language) -> Styles {
        let (name, size) = match language {
            Language::Chinese => ("Microsoft YaHei", 10.0),
            Language::English => ("Calibri", 11.0),
        };
        let base = Format::new().set_font_name(name).set_font_size(size).set_font_color(colour::INK);
        let cell = base.clone().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
        let cell = cell.set_border_bottom_color(colour::LINE);
        let [head, head_centre, head_input, head_fill] = heads(&base);
        let issue = base.clone().set_background_color(colour::ISSUE);
        Styles {
            title: base.clone().set_font_size(20.0).set_bold().set_font_color(colour::NAVY),
            subtitle: base.clone().set_font_color(colour::QUIET),
            answer: base.clone().set_font_size(13.0).set_bold().set_align(FormatAlign::VerticalCenter),
            since: base.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            since_link: since_link(&base),
            section: base.clone().set_font_size(12.0).set_bold().set_font_color(colour::NAVY),
            remark: base.clone().set_font_size(9.0).set_font_color(colour::QUIET),
            tile: tiles(&base),
            head,
            head_centre,
            head_input,
            head_fill,
            text: cell.clone(),
            wrap: cell.clone().set_text_wrap(),
            centre: cell.clone().set_align(FormatAlign::Center),
            fill_in: cell.clone().set_text_wrap().set_background_color(colour::SPROUT),
            count: cell.clone().set_num_format("#,##0").set_align(FormatAlign::Center),
            plain: base.clone(),
            hours: hours(&cell),
            percent: cell.clone().set_num_format("0.0%").set_align(FormatAlign::Center),
            moment: moment(&cell),
            link: cell.clone().set_font_color(colour::LINK).set_text_wrap(),
            more: base.clone().set_font_color(colour::LINK).set_align(FormatAlign::Right),
            risk: State::WORST_FIRST.iter().map(|state| risk(&cell, *state)).collect(),
            front_risk: State::WORST_FIRST.iter().map(|state| risk(&base, *state)).collect(),
            front: [moment(&base), hours(&base)],
            input: dated(&base),
            issue: dated(&issue),
            issue_text: issue,
        }
    }

    /// The format of a state.
    pub fn of(&self, state: State) -> &Format {
        &self.risk[place(state)]
    }

    /// The format of a kind of change: that of a state as good or bad.
    pub fn of_change(&self, kind: Kind) -> &Format {
        self.of(match kind {
            Kind::New => State::Overdue,
            Kind::Worsened | Kind::Reopened => State::Urgent,
            Kind::StillOpen => State::Warning,
            Kind::Missed => State::Late,
            Kind::Rulebook | Kind::Casebook => State::Advice,
            Kind::Gone => State::Unverifiable,
            Kind::Improved | Kind::Resolved => State::Met,
        })
    }

    /// The format of a state in front of a row of an input.
    pub fn in_front(&self, state: State) -> &Format {
        &self.front_risk[place(state)]
    }

    /// Makes all formats known in one order, whichever sheet uses them first.
    pub fn register(&self, book: &mut Workbook) {
        let single = [
            &self.title,
            &self.subtitle,
            &self.answer,
            &self.since,
            &self.since_link,
            &self.section,
            &self.remark,
            &self.head,
            &self.head_centre,
            &self.head_input,
            &self.head_fill,
            &self.text,
            &self.wrap,
            &self.centre,
            &self.fill_in,
            &self.count,
            &self.hours,
            &self.percent,
            &self.moment,
            &self.link,
            &self.more,
            &self.plain,
            &self.issue_text,
        ];
        let many = self
            .tile
            .iter()
            .chain(&self.risk)
            .chain(&self.front_risk)
            .chain(&self.front)
            .chain(&self.input)
            .chain(&self.issue);
        for format in single.into_iter().chain(many) {
            book.register_format(format);
        }
    }
}

fn since_link(base: &Format) -> Format {
    base.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_font_color(colour::LINK)
}

fn place(state: State) -> usize {
    State::WORST_FIRST.iter().position(|known| *known == state).unwrap_or(0)
}

fn moment(base: &Format) -> Format {
    base.clone().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Left)
}

fn hours(base: &Format) -> Format {
    base.clone().set_num_format("0.0;[Red]-0.0;0.0").set_align(FormatAlign::Center)
}

/// Headings of text, of numbers, of an input's columns and of columns to fill in.
fn heads(base: &Format) -> [Format; 4] {
    let head = base.clone().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let ours = head.clone().set_background_color(colour::NAVY).set_font_color(Color::White);
    let centre = ours.clone().set_align(FormatAlign::Center);
    let fill_in = head.clone().set_background_color(colour::LEAF);
    [ours, centre, head.set_background_color(colour::MIST), fill_in]
}

/// Dates, dates with times, times, lengths of time and long whole numbers.
fn dated(base: &Format) -> [Format; 5] {
    let formats = ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss", "0"];
    formats.map(|format| base.clone().set_num_format(format))
}

/// Label, figure, remark, and a figure in red.
fn tiles(base: &Format) -> [Format; 4] {
    let tile = base.clone().set_background_color(colour::TILE).set_align(FormatAlign::Center);
    let figure = tile.clone().set_font_size(26.0).set_bold().set_num_format("#,##0");
    let figure = figure.set_align(FormatAlign::VerticalCenter);
    [
        tile.clone().set_font_color(colour::QUIET).set_align(FormatAlign::Bottom),
        figure.clone().set_font_color(colour::NAVY),
        tile.clone().set_font_size(9.0).set_font_color(colour::QUIET).set_align(FormatAlign::Top),
        figure.set_font_color(colour::RED),
    ]
}

fn risk(cell: &Format, state: State) -> Format {
    let (fill, ink) = tint(state);
    let format = cell.clone().set_font_color(Color::RGB(ink));
    if state > State::OnTrack { format.set_bold().set_background_color(Color::RGB(fill)) } else { format }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::assess::State;
    use std::collections::BTreeSet;

    #[test]
    fn every_risk_has_a_mark_of_its_own() {
        let risks: Vec<State> = State::WORST_FIRST.into_iter().filter(|s| *s > State::OnTrack).collect();
        assert_eq!(risks.iter().map(|s| mark(*s)).collect::<BTreeSet<_>>().len(), risks.len());
    }
}
