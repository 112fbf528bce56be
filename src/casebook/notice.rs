//! Notices of the platforms: who may ship later, or has days off.

use super::cells::{Cells, Fault};
use super::scene::{Miss, Scene, fits_place, fits_store, fits_window};
use super::sheet::{Column, Kind, Sheet};
use super::when::{When, Window};
use super::word::{Closed, Word, words_of};
use crate::normalise::region::Place;
use crate::order::{Marketplace, Region};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Shipping.
    Shipping,
    /// After-sales cases.
    AfterSales,
    /// Days off.
    Holiday,
}

impl Closed for NoticeKind {
    const WORDS: &'static [(Self, Word)] = &[
        (NoticeKind::Shipping, Word::new("shipping", "发货", &["发货公告", "物流"])),
        (NoticeKind::AfterSales, Word::new("after-sales", "售后", &["aftersales", "售后公告"])),
        (NoticeKind::Holiday, Word::new("holiday", "假期", &["节假日", "放假", "假日"])),
    ];
}

/// Which end of the way a notice's region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Where it ships from.
    Origin,
    /// Where it ships to.
    Destination,
    /// Either end.
    Either,
}

impl Closed for Side {
    const WORDS: &'static [(Self, Word)] = &[
        (Side::Origin, Word::new("origin", "发货地", &["始发地", "始发", "发出地"])),
        (Side::Destination, Word::new("destination", "收货地", &["目的地", "到达地"])),
        (
            Side::Either,
            Word::new("either", "任一端", &["both", "any", "任一", "两端", "不限", "发货地或收货地"]),
        ),
    ];
}

/// A platform's notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its row in the sheet.
    pub row: u32,
    /// Whose notice it is.
    pub marketplace: Marketplace,
    /// The store it is for; every store when empty.
    pub store: Option<String>,
    /// What it is about.
    pub kind: NoticeKind,
    /// Which end of the way its region is.
    pub side: Side,
    /// Where it holds; everywhere when empty.
    pub region: Option<Place>,
    /// The shipping option contains this; every option when empty.
    pub service: Option<String>,
    /// Orders placed then.
    pub ordered: Window,
    /// Orders paid then.
    pub paid: Window,
    /// Days off, for a holiday.
    pub off: Window,
    /// Days that it adds.
    pub extend_days: Option<u32>,
    /// Business days that it adds.
    pub extend_business_days: Option<u32>,
    /// The date up to which it moves.
    pub extend_to: Option<When>,
    /// The store has opted out.
    pub opted_out: bool,
    /// When.
    pub opted_out_at: Option<When>,
    /// Where it can be looked up.
    pub reference: Option<String>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "notices",
    heading: "平台公告",
    also: &["公告", "通知", "平台通知"],
    columns: &[
        Column::must("marketplace", "平台", Kind::Marketplace),
        Column::may("store", "店铺", Kind::Text).or(&["店铺名称"]),
        Column::must("kind", "类型", Kind::Word(words_of::<NoticeKind>)).or(&["公告类型"]),
        Column::must("side", "适用端", Kind::Word(words_of::<Side>)).or(&["发货地/收货地"]),
        Column::may("region", "地区", Kind::Region).or(&["区域"]),
        Column::may("service", "物流服务", Kind::Text).or(&["物流方式", "服务"]),
        Column::may("ordered_from", "下单时间起", Kind::When).or(&["下单起"]),
        Column::may("ordered_to", "下单时间止", Kind::When).or(&["下单止"]),
        Column::may("paid_from", "付款时间起", Kind::When).or(&["付款起"]),
        Column::may("paid_to", "付款时间止", Kind::When).or(&["付款止"]),
        Column::may("off_from", "放假起", Kind::When).or(&["假期起"]),
        Column::may("off_to", "放假止", Kind::When).or(&["假期止"]),
        Column::may("extend_days", "顺延天数", Kind::Count).or(&["延长天数"]),
        Column::may("extend_business_days", "顺延工作日", Kind::Count).or(&["延长工作日"]),
        Column::may("extend_to", "顺延至", Kind::When).or(&["延长至"]),
        Column::may("opted_out", "已退出", Kind::YesNo).or(&["退出"]),
        Column::may("opted_out_at", "退出时间", Kind::When),
        Column::may("reference", "来源", Kind::Text).or(&["公告链接", "备注"]),
    ],
    examples: &[
        &[
            "douyin",
            "",
            "shipping",
            "destination",
            "湖北省/武汉市",
            "",
            "2026-11-05",
            "2026-11-12",
            "",
            "",
            "",
            "",
            "3",
            "",
            "",
            "",
            "",
            "临时发货公告",
        ],
        &[
            "ebay",
            "",
            "holiday",
            "origin",
            "CN",
            "economy",
            "",
            "2026-10-08",
            "",
            "",
            "2026-10-01",
            "2026-10-07",
            "",
            "5",
            "",
            "n",
            "",
            "eBay",
        ],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Notice, Fault> {
    Ok(Notice {
        row,
        marketplace: cells.must("marketplace", Cells::marketplace)?,
        store: cells.text("store"),
        kind: cells.must("kind", Cells::word)?,
        side: cells.must("side", Cells::word)?,
        region: cells.region("region")?,
        service: cells.text("service"),
        ordered: cells.window("ordered_from", "ordered_to")?,
        paid: cells.window("paid_from", "paid_to")?,
        off: cells.window("off_from", "off_to")?,
        extend_days: cells.count("extend_days")?,
        extend_business_days: cells.count("extend_business_days")?,
        extend_to: cells.when("extend_to")?,
        opted_out: cells.yes("opted_out")?.unwrap_or(false),
        // Without a date an opted-out notice covers nothing, so an unreadable one can be left out.
        opted_out_at: cells.doubtful("opted_out_at", Cells::when),
        reference: cells.text("reference"),
    })
}

impl Notice {
    /// Whether it covers an order.
    pub fn covers(&self, scene: &Scene<'_>) -> bool {
        self.fit(scene).is_ok()
    }

    /// Whether it covers an order, or for which one thing it does not: store, place by its side, shipping option,
    /// windows, opting out. What kind of notice it is, is the rule's business.
    ///
    /// # Errors
    /// The first thing that does not fit; [`Miss::OptedOut`] only where all else does.
    pub fn fit(&self, scene: &Scene<'_>) -> Result<(), Miss> {
        fits_store(self.store.as_deref(), scene.store)?;
        fits_place(self.region.as_slice(), self.ends(scene))?;
        if !self.fits_service(scene.service) {
            return Err(Miss::Service);
        }
        fits_window(&self.ordered, scene.ordered_at, scene.day_zone)?;
        fits_window(&self.paid, scene.paid_at, scene.day_zone)?;
        if self.opted_out && self.left_before(scene) { Err(Miss::OptedOut) } else { Ok(()) }
    }

    fn ends<'s>(&self, scene: &'s Scene<'_>) -> &'s [Region] {
        match self.side {
            Side::Origin => &scene.ends[..1],
            Side::Destination => &scene.ends[1..],
            Side::Either => &scene.ends,
        }
    }

    /// Whether a shipping option contains what the notice names.
    pub fn fits_service(&self, option: &str) -> bool {
        let named = self.service.as_deref().unwrap_or_default().trim().to_lowercase();
        named.is_empty() || option.to_lowercase().contains(&named)
    }

    /// Whether the store had left when the order was placed. A day counts from its beginning; a time unknown counts
    /// as before every order.
    fn left_before(&self, scene: &Scene<'_>) -> bool {
        let left = self.opted_out_at.map(|at| at.start(scene.day_zone));
        left.zip(scene.ordered_at).is_none_or(|(left, ordered)| ordered > left)
    }
}
