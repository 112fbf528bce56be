//! Whether a place name found in running text is meant as a place to deliver to.

use std::sync::LazyLock;

use super::context::{ASKING, Next, asks, asks_onward, closes, ends_a_house, next, trades};
use super::gazetteer::{Form, Spelling, depth};
use super::reading::{next_place, read};
use super::words::{
    WordSet, continues_a_name, is_addressed, is_end, is_road_with_number, is_separator, token, words,
};
use crate::order::Region;

/// Names that are also ordinary words, or the usual names of roads, estates and villages everywhere: bare,
/// they count only where the text says that a parcel goes there.
static COMMON: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "朝阳 中山 大同 安康 和田 阿里 大理 海东 海西 海北 黄南 山南 吉安 白银 日照 金华 东营 乐山 文山 红河 三明 长治 \
        来宾 保山 新乡 南平 兴安 临夏 固原 玉林 玉树 玉溪 黑河 白山 白城 四平 丽水 通化 天水 庆阳 定西 延安 咸宁 嘉兴 \
        平凉 安庆 安顺 广安 广元 江门 北海 阳江 南通 桃园 新竹 新北 嘉义 云林 宜兰 黄山 九江 泰安 德宏 怒江 清远 云浮 \
        常德 汉中 吴忠 中卫 伊春 宜春 永州 新余 甘南 宁德 龙岩 河源 太原 大庆 本溪 长春 南阳 西宁 平顶山 普洱 昌吉 思茅",
    )
});

/// What says that the parcel goes to the place named next.
static FORWARDING: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "转运到 转运至 转运 转寄到 转寄 转发到 转发 转到 转至 转去 转往 转送 中转到 中转至 中转 转 寄到 寄往 寄去 寄至 发往 发到 \
        发至 运到 运往 运至 送到 送至 实际收货 实际收件 实际 收货地 收货地址 收件地址 收货地址是 收货 收件 真实地址 地址是 \
        目的地 目的地是 最终 终点 终点是 改发 改寄 改到 改送 带到 捎到 捎回 前往 回 派送到 配送到",
    )
});

/// Weaker: enough before a name that ends there.
static TOWARDS: LazyLock<WordSet> = LazyLock::new(|| words("到 至 往 去 在 是 为 寄 发 送 人在 给"));

/// Turns of the road, not of the parcel.
static TURNS: LazyLock<WordSet> =
    LazyLock::new(|| words("左转 右转 东转 西转 南转 北转 拐转 旋转 玩转 运转"));

/// What turns `市`, `省` and `州` into the beginning of another word: 市场, 省道.
static NOT_A_KIND: LazyLock<WordSet> = LazyLock::new(|| {
    words("场 政 民 容 集 值 况 面 井 属 委 立 花 树 话 人 道 会 直 级 内 府 路 街 营 屯 庄 驻 际")
});

/// Whether a bare name is too ordinary a word to be taken for the place.
pub(super) fn is_common_word(name: &str) -> bool {
    COMMON.has(name)
}

/// A name in a text, with the places inside it that follow.
pub(super) struct Mention<'a> {
    text: &'a str,
    start: usize,
    /// Where the last of the names ends.
    pub end: usize,
    /// The first name as it is written.
    name: &'static str,
    /// How the first name is written.
    written: Form,
    /// The deepest place named.
    pub region: Region,
    /// How the last of the names is written.
    form: Form,
    /// Whether it is a single name.
    alone: bool,
    /// Where the place mentioned before ended, and its depth.
    before: Option<(usize, u8)>,
}

/// What stands before a mention.
#[derive(Clone, Copy, PartialEq)]
enum Left {
    /// Nothing, or a separator.
    Edge,
    /// A bracket, dot or hyphen behind something that is not the end of a house.
    Label,
    /// Another place, of this depth.
    Place(u8),
    /// Words that send the parcel there.
    Forwarding,
    /// Words that may do so.
    Towards,
    /// The end of a house or a number.
    House,
    /// Anything else: the mention is the middle of something.
    Inside,
}

impl<'a> Mention<'a> {
    /// The mention that begins with this name, and whatever lies inside it and follows.
    pub fn read(text: &'a str, start: usize, name: Spelling, before: Option<(usize, u8)>) -> Mention<'a> {
        let behind = start + name.text.len();
        let tail = read(&text[behind..], name.region);
        let alone = tail.end == 0;
        Mention {
            text,
            start,
            end: behind + tail.end,
            name: name.text,
            written: name.form,
            region: tail.region,
            form: if alone { name.form } else { tail.form },
            alone,
            before,
        }
    }

    /// Whether the text means this place as one to deliver to.
    pub fn counts(&self) -> bool {
        let rest = &self.text[self.end..];
        if rest.starts_with('驻') || self.is_only_part(rest) || self.is_denied() {
            return false;
        }
        let left = self.left();
        match (self.alone, self.form) {
            (false, Form::Full) if depth(self.region) == 2 => !self.is_county_dish(rest),
            (false, Form::Full) => !trades(rest),
            (false, Form::Short) => short_path(left, rest),
            (true, Form::Full) => full_name(left, rest),
            (true, Form::Short) if is_common_word(self.name) => common_word(left, rest),
            (true, Form::Short) => short_name(left, rest),
        }
    }

    /// `南京东路`, `重庆小面`: what most names of other places in an address are, told at a glance.
    fn is_only_part(&self, rest: &str) -> bool {
        self.alone
            && self.form == Form::Short
            && !is_end(rest)
            && !ASKING.starts(rest)
            && continues_a_name(rest)
    }

    /// `福建沙县小吃`: a province and a county without the city between, and a business behind.
    fn is_county_dish(&self, rest: &str) -> bool {
        let path = &self.text[self.start..self.end];
        self.written == Form::Short
            && !["市", "州", "盟", "地区"].iter().any(|w| path.contains(w))
            && (trades(rest) || (is_end(rest) && next(rest) == Next::Trade))
    }

    /// `不要转到拉萨`, `除新疆西藏`. A consolidation warehouse (集运) is how the platforms themselves forward to
    /// far provinces and to Hong Kong.
    fn is_denied(&self) -> bool {
        if self.text.contains("集运") {
            return true;
        }
        let clause = self.text[..self.start].rsplit(is_separator).next().unwrap_or_default();
        let near = clause.char_indices().rev().nth(5).map_or(clause, |(at, _)| &clause[at..]);
        near.contains(['不', '勿', '除'])
            || ["别发", "别转", "别寄", "来自", "别到"].iter().any(|w| near.contains(w))
    }

    fn left(&self) -> Left {
        let head = &self.text[..self.start];
        if let Some((end, depth)) = self.before
            && end <= self.start
            && self.text[end..self.start].chars().all(is_separator)
        {
            return Left::Place(depth);
        }
        let clause = head.trim_end_matches(is_separator);
        if FORWARDING.ends(clause) && !TURNS.ends(clause) {
            return Left::Forwarding;
        }
        match head.chars().next_back() {
            None => Left::Edge,
            Some('(' | '（' | '[' | '【' | '·' | '•' | '-')
                if !clause.is_empty() && !ends_a_house(clause) =>
            {
                Left::Label
            }
            Some(c) if is_separator(c) => Left::Edge,
            Some(_) if TOWARDS.ends(head) => Left::Towards,
            Some(_) if ends_a_house(head) => Left::House,
            Some(_) => Left::Inside,
        }
    }
}

/// `新疆喀什`, `湖南 长沙`.
fn short_path(left: Left, rest: &str) -> bool {
    if is_end(rest) {
        return left != Left::Inside && next(rest) != Next::Trade && !is_label(left, rest);
    }
    let sent = matches!(left, Left::Forwarding | Left::Towards);
    !trades(rest) && left != Left::Inside && (sent || asks(rest) || is_addressed(token(rest)))
}

/// `拉萨市`, `西藏自治区`.
fn full_name(left: Left, rest: &str) -> bool {
    if left == Left::Inside || trades(rest) || NOT_A_KIND.starts(rest) {
        return false;
    }
    if is_end(rest) {
        return next(rest) != Next::Trade && !is_label(left, rest);
    }
    matches!(left, Left::Forwarding | Left::Place(_)) || asks(rest) || is_addressed(token(rest))
}

/// `拉萨`.
fn short_name(left: Left, rest: &str) -> bool {
    if !is_end(rest) {
        return match left {
            Left::Forwarding => asks(rest) || !continues_a_name(rest),
            Left::Towards => asks(rest),
            Left::Place(_) | Left::Edge => is_road_with_number(token(rest)) || asks_onward(rest),
            _ => false,
        };
    }
    let next = next(rest);
    match left {
        Left::Forwarding | Left::Towards => next != Next::Trade,
        Left::Edge | Left::Place(_) => {
            matches!(next, Next::Nothing | Next::Address | Next::Apart) || before_a_place(rest)
        }
        Left::House => matches!(next, Next::Nothing),
        Left::Label | Left::Inside => false,
    }
}

/// `大同`: only where it is said that the parcel goes there, or right behind another province or city.
fn common_word(left: Left, rest: &str) -> bool {
    match left {
        Left::Forwarding => (is_end(rest) && next(rest) != Next::Trade) || asks(rest),
        Left::Place(depth) => depth < 2 && is_end(rest) && next(rest) == Next::Nothing,
        _ => false,
    }
}

/// Whether the mention is the label of what stands around it, as companies and campuses carry one:
/// `某某(北京)有限公司`, `某某大学(威海)`.
fn is_label(left: Left, rest: &str) -> bool {
    left == Left::Label || (closes(rest) && next(rest) == Next::Close && left != Left::Forwarding)
}

fn before_a_place(rest: &str) -> bool {
    let following = rest.trim_start_matches(is_separator);
    !closes(rest) && next_place(following, Region::UNKNOWN).is_some_and(|p| p.form == Form::Full)
}
