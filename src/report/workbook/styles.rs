//! The fixed set of formats: the same for every input, so that no workbook runs out of them.

pub mod colour;

use crate::assess::State;
use crate::compare::Kind;
use crate::words::Language;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};
use std::ops::Deref;

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

/// A format, and the number that cells carry for it.
pub struct Style {
    format: Format,
    number: u32,
}

impl Style {
    /// Its number in the workbook.
    pub const fn number(&self) -> u32 {
        self.number
    }
}

impl From<Format> for Style {
    fn from(format: Format) -> Style {
        Style { format, number: 0 }
    }
}

impl Deref for Style {
    type Target = Format;

    fn deref(&self) -> &Format {
        &self.format
    }
}

/// Every format of the workbook.
pub struct Styles {
    /// The title of the report.
    pub title: Style,
    /// The line below it.
    pub subtitle: Style,
    /// The answer in a sentence.
    pub answer: Style,
    /// What changed since the last audit.
    pub since: Style,
    /// The same as a link.
    pub since_link: Style,
    /// Heading of a part of a sheet.
    pub section: Style,
    /// A small remark.
    pub remark: Style,
    /// Label, figure and remark of a tile; the figure also in red.
    pub tile: [Style; 4],
    /// Headings of our columns.
    pub head: Style,
    /// Headings of our columns of numbers.
    pub head_centre: Style,
    /// Headings of an input's columns.
    pub head_input: Style,
    /// Headings of columns to fill in.
    pub head_fill: Style,
    /// Text.
    pub text: Style,
    /// Text over several lines.
    pub wrap: Style,
    /// Text in the middle of its cell.
    pub centre: Style,
    /// A cell to fill in.
    pub fill_in: Style,
    /// A whole number.
    pub count: Style,
    /// Cells of inputs that have no format of their own.
    pub plain: Style,
    /// Hours, red when over.
    pub hours: Style,
    /// A share.
    pub percent: Style,
    /// A date and time to the minute.
    pub moment: Style,
    /// A link.
    pub link: Style,
    /// A link at the right of a heading.
    pub more: Style,
    /// A state, in the order of [`State::WORST_FIRST`].
    pub risk: Vec<Style>,
    /// The same in front of rows of inputs, where no lines are drawn.
    pub front_risk: Vec<Style>,
    /// Date with time, and hours, in front of rows of inputs.
    pub front: [Style; 2],
    /// Cells of inputs: date, date with time, time, length of time, long whole number.
    pub input: [Style; 5],
    /// The same where the cell has a data issue.
    pub issue: [Style; 5],
    /// Any other cell with a data issue.
    pub issue_text: Style,
    /// All of them, each once, in the order in which they are made known to a workbook.
    registered: Vec<Format>,
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
        let mut styles = Styles {
            title: base.clone().set_font_size(20.0).set_bold().set_font_color(colour::NAVY).into(),
            subtitle: base.clone().set_font_color(colour::QUIET).into(),
            answer: base.clone().set_font_size(13.0).set_bold().set_align(FormatAlign::VerticalCenter).into(),
            since: base.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter).into(),
            since_link: since_link(&base).into(),
            section: base.clone().set_font_size(12.0).set_bold().set_font_color(colour::NAVY).into(),
            remark: base.clone().set_font_size(9.0).set_font_color(colour::QUIET).into(),
            tile: tiles(&base).map(Style::from),
            head: head.into(),
            head_centre: head_centre.into(),
            head_input: head_input.into(),
            head_fill: head_fill.into(),
            text: cell.clone().into(),
            wrap: cell.clone().set_text_wrap().into(),
            centre: cell.clone().set_align(FormatAlign::Center).into(),
            fill_in: cell.clone().set_text_wrap().set_background_color(colour::SPROUT).into(),
            count: cell.clone().set_num_format("#,##0").set_align(FormatAlign::Center).into(),
            plain: base.clone().into(),
            hours: hours(&cell).into(),
            percent: cell.clone().set_num_format("0.0%").set_align(FormatAlign::Center).into(),
            moment: moment(&cell).into(),
            link: cell.clone().set_font_color(colour::LINK).set_text_wrap().into(),
            more: base.clone().set_font_color(colour::LINK).set_align(FormatAlign::Right).into(),
            risk: State::WORST_FIRST.iter().map(|state| risk(&cell, *state).into()).collect(),
            front_risk: State::WORST_FIRST.iter().map(|state| risk(&base, *state).into()).collect(),
            front: [moment(&base), hours(&base)].map(Style::from),
            input: dated(&base).map(Style::from),
            issue: dated(&issue).map(Style::from),
            issue_text: issue.into(),
            registered: Vec::new(),
        };
        styles.number();
        styles
    }

    /// The format of a state.
    pub fn of(&self, state: State) -> &Style {
        &self.risk[place(state)]
    }

    /// The format of a kind of change: that of a state as good or bad.
    pub fn of_change(&self, kind: Kind) -> &Style {
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
    pub fn in_front(&self, state: State) -> &Style {
        &self.front_risk[place(state)]
    }

    /// Numbers all formats as a workbook will to which they are made known: 0 is its own, equal ones share a number.
    fn number(&mut self) {
        let single = [
            &mut self.title,
            &mut self.subtitle,
            &mut self.answer,
            &mut self.since,
            &mut self.since_link,
            &mut self.section,
            &mut self.remark,
            &mut self.head,
            &mut self.head_centre,
            &mut self.head_input,
            &mut self.head_fill,
            &mut self.text,
            &mut self.wrap,
            &mut self.centre,
            &mut self.fill_in,
            &mut self.count,
            &mut self.hours,
            &mut self.percent,
            &mut self.moment,
            &mut self.link,
            &mut self.more,
            &mut self.plain,
            &mut self.issue_text,
        ];
        let many = self
            .tile
            .iter_mut()
            .chain(&mut self.risk)
            .chain(&mut self.front_risk)
            .chain(&mut self.front)
            .chain(&mut self.input)
            .chain(&mut self.issue);
        let mut known = vec![Format::default()];
        for style in single.into_iter().chain(many) {
            let at = known.iter().position(|format| *format == style.format).unwrap_or_else(|| {
                known.push(style.format.clone());
                known.len() - 1
            });
            style.number = at as u32;
        }
        self.registered = known;
    }

    /// Makes all formats known in one order, whichever sheet uses them first.
    pub fn register(&self, book: &mut Workbook) {
        for format in &self.registered {
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
    let (fill, ink) = colour::tint(state);
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
