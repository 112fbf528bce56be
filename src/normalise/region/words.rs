//! What surrounds a place name in an address: where it ends, and what makes it part of another name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words to look for at the beginning of a text or anywhere in it, by their first character.
pub(super) struct WordSet(FxHashMap<char, Vec<&'static str>>);

/// A list of words parted by spaces.
pub(super) fn words(list: &'static str) -> WordSet {
    let mut by_first: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for word in list.split_ascii_whitespace() {
        if let Some(c) = word.chars().next() {
            by_first.entry(c).or_default().push(word);
        }
    }
    for same in by_first.values_mut() {
        same.sort_by_key(|w| std::cmp::Reverse(w.len()));
    }
    WordSet(by_first)
}

impl WordSet {
    /// The longest word the text begins with.
    pub fn prefix(&self, text: &str) -> Option<&'static str> {
        let same = self.0.get(&text.chars().next()?)?;
        same.iter().copied().find(|w| text.starts_with(w))
    }

    /// Whether the text begins with one of the words.
    pub fn starts(&self, text: &str) -> bool {
        self.prefix(text).is_some()
    }

    /// Where the first of the words begins.
    pub fn find(&self, text: &str) -> Option<usize> {
        text.char_indices().map(|(at, _)| at).find(|&at| self.starts(&text[at..]))
    }

    /// Whether the text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        text.chars().next().and_then(|c| self.0.get(&c)).is_some_and(|same| same.contains(&text))
    }

    /// Whether the text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        text.char_indices().rev().take(8).any(|(at, _)| self.has(&text[at..]))
    }
}

/// What makes the place name before it the first part of the name of a road, village or estate, also behind
/// a compass point (`南京东路`).
static ROADS: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "路 街 大道 大街 巷 道口 胡同 里弄 弄 桥 大桥 高架 村 庄 屯 镇 乡 营 寨 街道 社区 小区 花园 花苑 公寓 \
    新村 新城 新区 区 县 苑 园 城 府 湾 门 楼 站 港 里 公馆 国际 世纪 时代 家园 人家 印象 故事 场 坊 馆 \
    店 厅 会 号 湖 河 岛 石 玉 瓜 山 沟 嘴 塘 人 话",
    )
});

/// Businesses, institutions, buildings and dishes: anywhere in a run of text they make it their own name.
static TRADES: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "公司 集团 工厂 厂 大学 学院 中学 小学 学校 交大 理工 师大 师范 附中 附小 幼儿园 校区 研究院 研究所 \
    设计院 医院 诊所 药房 药店 银行 分行 支行 商会 会馆 同乡会 协会 办事处 驻 大厦 大楼 广场 酒店 宾馆 \
    饭店 酒家 酒楼 餐厅 餐馆 饭庄 旅馆 旅社 民宿 客栈 招待所 公寓 超市 便利 商城 商场 商厦 百货 市场 \
    商行 商贸 商业 批发 专卖 专营 旗舰 直营 店 馆 铺 工业园 科技园 产业园 项目部 工地 物流 快递 速递 \
    快运 速运 货运 驿站 专线 火车站 高铁 汽车站 客运站 地铁 机场 收费站 服务区 转运中心 分拨 小吃 火锅 \
    烧烤 烤鱼 烤肉 烤鸭 拉面 牛肉 羊肉 羊蝎子 刀削面 热干面 担担面 烩面 拌面 汤面 小面 面馆 米线 米粉 \
    酸辣粉 螺蛳粉 肠粉 凉皮 肉夹馍 泡馍 串串 麻辣烫 冒菜 豆腐 板鸭 盐水鸭 鸭血 鸭脖 煲仔 茶餐 早茶 早点 \
    奶茶 茶叶 包子 煎饼 煎包 生煎 大盘鸡 鸡饭 大饼 锅盔 炒饭 炒粉 沙茶 料理 美食 川菜 湘菜 粤菜 本帮菜 \
    家常菜 菜馆 风味 特产 餐饮 食品 服饰 服装 家具 建材 装饰 理发 足浴 按摩 汽修 影城 影院 博物馆 \
    人民政府 法院 检察院 公安 电视台 日报 出版社 邮政 石油 石化 移动 联通 电信 电力 人寿 保险 证券 联谊 \
    老乡 会所 俱乐部 步行街 风情 农场 部队 剧院 乐园 动物园 公园 花园 小区 新村 家园 建工 建筑 建设 中建 \
    中铁 工程局 永辉 万达 华联 同仁堂 一中 二中 外国语 实验 中医 人民医 总部 分部 网点 营业部 体育 球场 \
    世界之窗 码头 口岸 农商 信用社 车管所 派出所 咖啡 酒吧 烤 饭 糕 饼 粽 卤 馄饨",
    )
});

/// What an address goes on with below the city: before any business this keeps a place a place.
static PARTS: LazyLock<WordSet> = LazyLock::new(|| words("区 县 镇 乡 村 路 街 号 巷 弄 旗 大道 栋 幢"));

/// Directions and sizes between a place name and the word for a road.
static QUALIFIERS: LazyLock<WordSet> =
    LazyLock::new(|| words("东 南 西 北 中 前 后 上 下 新 老 小 大 一 二 三 四 五 第"));

/// Whether a character parts two things in an address.
pub(super) fn is_separator(c: char) -> bool {
    // Most of what is asked about are Chinese characters, which are none.
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return false;
    }
    c.is_whitespace()
        || (c.is_ascii_punctuation() && c != '%')
        || matches!(c, '\u{3000}'..='\u{3003}' | '〈'..='〗' | '＀'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='･')
        || "·—–…“”‘’→•＝⇒➡－～".contains(c)
}

/// The text up to the next separator.
pub(super) fn token(text: &str) -> &str {
    text.find(is_separator).map_or(text, |end| &text[..end])
}

/// Whether the name before this text ends here.
pub(super) fn is_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(is_separator)
}

/// Whether the token is the name of a business, institution, building or dish, or goes on as one, before it
/// gets to anything that belongs to an address.
pub(super) fn is_trade(token: &str) -> bool {
    TRADES.find(token).is_some_and(|trade| PARTS.find(token).is_none_or(|part| trade <= part))
}

/// Whether the token holds a part of an address (`…区`, `…路`) and is not a business.
pub(super) fn is_addressed(token: &str) -> bool {
    !is_trade(token) && PARTS.find(token).is_some()
}

/// Whether a place name followed directly by this text is only the first part of another name: of a road
/// (`长沙路`), an estate, a school, a dish.
pub(super) fn continues_a_name(rest: &str) -> bool {
    let mut tail = rest;
    while let Some(word) = QUALIFIERS.prefix(tail) {
        tail = &tail[word.len()..];
    }
    ROADS.starts(rest) || ROADS.starts(tail) || is_trade(token(rest))
}

/// Whether the text begins with the word for a road: `北京 路`.
pub(super) fn is_road(token: &str) -> bool {
    ["路", "街", "大道", "巷", "道口"].iter().any(|w| token.starts_with(w))
}

/// Whether the text is a road of its own with a house number (`纳金路12号`), not a road named after the place
/// before it (`东路12号`).
pub(super) fn is_road_with_number(token: &str) -> bool {
    let Some((at, kind)) =
        ["大道", "路", "街", "巷"].into_iter().filter_map(|w| Some((token.find(w)?, w))).min()
    else {
        return false;
    };
    let own_name = token[..at].chars().count() >= 2;
    let behind = token[at + kind.len()..].chars().next();
    own_name && behind.is_some_and(|c| c.is_ascii_digit()) && !is_trade(token) && !continues_a_name(token)
}
