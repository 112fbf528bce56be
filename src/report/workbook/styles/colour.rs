//! The colours of the report.

use crate::assess::State;
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

/// The solid colour of a state in charts.
pub const fn chart(state: State) -> Color {
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
pub(super) const fn tint(state: State) -> (u32, u32) {
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
