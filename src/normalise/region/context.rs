//! What an address goes on with behind a place, and whether a house ends before it.

use std::sync::LazyLock;

use super::words::{
    WordSet, is_addressed, is_road, is_road_with_number, is_separator, is_trade, token, words,
};

/// What people put behind a place that the parcel should go to.
pub(super) static ASKING: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "转 中转 谢谢 多谢 请 麻烦 那边 这边 那里 这里 市区 本地 境内 全境 客户 买家 方向 收 哦 啊 吧 呢 了 的 地址 亲",
    )
});

/// What the same characters begin when they do not mean that.
static NOT_ASKING: LazyLock<WordSet> =
    LazyLock::new(|| words("转盘 转角 转运中 转运场 转运站 收费 收藏 收割"));

/// Digits and words that end the name of a house: behind them something new may begin.
const HOUSE_ENDS: &str = "号室楼栋幢座层弄户院店口旁边省市区县镇乡村州盟旗街路道园苑城站收";

/// What stands behind the separators that end a mention.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Next {
    Nothing,
    /// A business, or what makes the mention a road.
    Trade,
    Address,
    /// Something else, after a comma or the like.
    Apart,
    /// Something else, after a space or a bracket.
    Close,
}

/// Whether the text ends like a house, a number or an administrative name.
pub(super) fn ends_a_house(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || HOUSE_ENDS.contains(c))
}

/// Whether a business follows directly, be it behind a closing bracket.
pub(super) fn trades(rest: &str) -> bool {
    is_trade(token(rest.trim_start_matches([')', '）', ']', '】'])))
}

/// Whether a bracket closes here.
pub(super) fn closes(rest: &str) -> bool {
    rest.starts_with([')', '）', ']', '】'])
}

/// What stands behind the separators that the text begins with.
pub(super) fn next(rest: &str) -> Next {
    let following = rest.trim_start_matches(is_separator);
    let gap = &rest[..rest.len() - following.len()];
    let token = token(following);
    if token.is_empty() {
        Next::Nothing
    } else if is_trade(token) || is_road(token) {
        Next::Trade
    } else if closes(rest) && gap.chars().nth(1).is_none() {
        Next::Close
    } else if is_road_with_number(token) || (token.contains(['区', '县']) && is_addressed(token)) {
        Next::Address
    } else if gap.chars().any(|c| "，,、;；/／+＋→>＞。".contains(c)) {
        Next::Apart
    } else {
        Next::Close
    }
}

/// Whether people ask for something here: `谢谢`, `转`, `那边`.
pub(super) fn asks(rest: &str) -> bool {
    ASKING.starts(rest) && !NOT_ASKING.starts(rest) && !trades(rest)
}

/// Whether the parcel is to go on from here.
pub(super) fn asks_onward(rest: &str) -> bool {
    (rest.starts_with('转') || rest.starts_with("中转")) && asks(rest)
}
