//! Filings (报备): what the seller told the platform, and what became of it.

use super::cells::{Cells, Fault};
use super::scene::{Miss, Scene, fits_place, fits_store, fits_window};
use super::sheet::{Column, Kind, Sheet};
use super::when::{When, Window};
use super::word::{Closed, Word, words_of};
use crate::normalise::region::Place;
use crate::order::Marketplace;

/// What is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilingKind {
    /// 紧急报备.
    Emergency,
    /// 预报备.
    Advance,
    /// 不可抗力.
    ForceMajeure,
    /// An abnormal order.
    AbnormalOrder,
    /// A malicious order.
    MaliciousOrder,
    /// A region.
    Region,
}

impl Closed for FilingKind {
    const WORDS: &'static [(Self, Word)] = &[
        (FilingKind::Emergency, Word::new("emergency", "紧急报备", &["紧急"])),
        (FilingKind::Advance, Word::new("advance", "预报备", &["提前报备", "事前报备"])),
        (FilingKind::ForceMajeure, Word::new("force-majeure", "不可抗力", &["不可抗力报备"])),
        (FilingKind::AbnormalOrder, Word::new("abnormal-order", "异常订单", &["异常订单报备", "订单报备"])),
        (FilingKind::MaliciousOrder, Word::new("malicious-order", "恶意订单", &["恶意订单报备", "恶意下单"])),
        (FilingKind::Region, Word::new("region", "区域报备", &["地区", "区域", "地区报备"])),
    ];
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilingStatus {
    /// Not handed in.
    Draft,
    /// Under review.
    Pending,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
    /// Taken back.
    Cancelled,
}

impl Closed for FilingStatus {
    const WORDS: &'static [(Self, Word)] = &[
        (FilingStatus::Draft, Word::new("draft", "草稿", &["未提交", "待提交"])),
        (FilingStatus::Pending, Word::new("pending", "审核中", &["待审核", "已提交", "处理中"])),
        (FilingStatus::Approved, Word::new("approved", "已通过", &["通过", "审核通过", "报备成功"])),
        (
            FilingStatus::Rejected,
            Word::new("rejected", "已驳回", &["驳回", "未通过", "不通过", "审核不通过", "拒绝"]),
        ),
        (FilingStatus::Cancelled, Word::new("cancelled", "已取消", &["canceled", "取消", "已撤销", "撤销"])),
    ];
}

/// A proof handed in with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Document {
    /// 贸促会事实性证明.
    CcpitCertificate,
    /// 物流承运商公告, or a warehouse's.
    CarrierNotice,
    /// 政府、社区公告或公函.
    GovernmentNotice,
}

impl Closed for Document {
    const WORDS: &'static [(Self, Word)] = &[
        (
            Document::CcpitCertificate,
            Word::new("ccpit-certificate", "贸促会证明", &["贸促会事实性证明", "ccpit"]),
        ),
        (
            Document::CarrierNotice,
            Word::new("carrier-notice", "承运商公告", &["物流承运商公告", "物流公告", "仓库通知"]),
        ),
        (
            Document::GovernmentNotice,
            Word::new("government-notice", "政府公告", &["政府/社区公告", "社区公告", "公函"]),
        ),
    ];
}

/// What the screenshots of the chat with the buyer show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// Both sides' account id or mail address.
    pub ids: bool,
    /// That the buyer was fully told.
    pub told: bool,
    /// That the buyer agreed.
    pub agreed: bool,
}

/// A filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// Its row in the sheet.
    pub row: u32,
    /// Where it was filed.
    pub marketplace: Marketplace,
    /// The store it is for; every store when empty.
    pub store: Option<String>,
    /// The orders it names; by region and window when none.
    pub order_ids: Vec<String>,
    /// What is filed.
    pub kind: FilingKind,
    /// The regions it names; everywhere when none.
    pub regions: Vec<Place>,
    /// The time for which it is filed.
    pub window: Window,
    /// When it was handed in.
    pub submitted_at: When,
    /// What became of it.
    pub status: FilingStatus,
    /// When that was decided.
    pub decided_at: Option<When>,
    /// The ship time it grants.
    pub extended_to: Option<When>,
    /// Proofs handed in with it.
    pub documents: Vec<Document>,
    /// What the chat shows.
    pub chat: Chat,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "filings",
    heading: "报备",
    also: &["报备记录"],
    columns: &[
        Column::must("marketplace", "平台", Kind::Marketplace),
        Column::may("store", "店铺", Kind::Text).or(&["店铺名称"]),
        Column::may("order_id", "订单号", Kind::Id).or(&["订单编号"]),
        Column::must("kind", "报备类型", Kind::Word(words_of::<FilingKind>)).or(&["类型"]),
        Column::may("regions", "地区", Kind::Regions).or(&["region", "区域"]),
        Column::may("window_from", "影响时间起", Kind::When).or(&["报备起", "开始时间"]),
        Column::may("window_to", "影响时间止", Kind::When).or(&["报备止", "结束时间"]),
        Column::must("submitted_at", "提交时间", Kind::When).or(&["报备时间"]),
        Column::must("status", "状态", Kind::Word(words_of::<FilingStatus>)).or(&["审核状态"]),
        Column::may("decided_at", "审核时间", Kind::When),
        Column::may("extended_to", "延期至", Kind::When).or(&["新发货时间"]),
        Column::may("documents", "证明材料", Kind::Words(words_of::<Document>)).or(&["材料"]),
        Column::may("chat_ids", "聊天显示双方账号", Kind::YesNo),
        Column::may("chat_told", "聊天已充分告知", Kind::YesNo),
        Column::may("chat_agreed", "聊天买家同意", Kind::YesNo),
        Column::may("chat_evidence", "聊天截图", Kind::YesNo),
    ],
    examples: &[
        &[
            "jd",
            "",
            "312600410018",
            "emergency",
            "",
            "",
            "",
            "2026-11-09 09:00",
            "pending",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        &[
            "douyin",
            "武汉旗舰店",
            "",
            "region",
            "湖北省/武汉市；湖北省/黄石市",
            "2026-11-06",
            "2026-11-12",
            "2026-11-06 10:00",
            "approved",
            "2026-11-07 09:00",
            "2026-11-15",
            "carrier-notice；government-notice",
            "y",
            "y",
            "n",
            "",
        ],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Filing, Fault> {
    let evidence = cells.doubtful("chat_evidence", Cells::yes);
    let mut shown = |column| cells.doubtful(column, Cells::yes);
    // `chat_evidence` stands for the two that any screenshot of the talk shows.
    let chat = Chat {
        ids: shown("chat_ids").or(evidence).unwrap_or(false),
        told: shown("chat_told").or(evidence).unwrap_or(false),
        agreed: shown("chat_agreed").unwrap_or(false),
    };
    Ok(Filing {
        row,
        marketplace: cells.must("marketplace", Cells::marketplace)?,
        store: cells.text("store"),
        order_ids: cells.ids("order_id")?,
        kind: cells.must("kind", Cells::word)?,
        regions: cells.regions("regions")?,
        window: cells.window("window_from", "window_to")?,
        submitted_at: cells.must("submitted_at", Cells::when)?,
        status: cells.must("status", Cells::word)?,
        decided_at: cells.doubtful("decided_at", Cells::when),
        extended_to: cells.when("extended_to")?,
        documents: cells.words("documents"),
        chat,
    })
}

impl Filing {
    /// Whether it covers an order.
    pub fn covers(&self, order_id: &str, scene: &Scene<'_>) -> bool {
        self.fit(order_id, scene).is_ok()
    }

    /// Whether it covers an order, or for which one thing it does not: by its store, and by its order ids where
    /// it has any, else by regions (either end of the way) and window. Its status is the rule's business.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn fit(&self, order_id: &str, scene: &Scene<'_>) -> Result<(), Miss> {
        fits_store(self.store.as_deref(), scene.store)?;
        if !self.order_ids.is_empty() {
            return if self.order_ids.iter().any(|id| id == order_id) { Ok(()) } else { Err(Miss::Order) };
        }
        if self.regions.is_empty() && self.window.is_open() {
            return Err(Miss::Unbounded);
        }
        fits_place(&self.regions, &scene.ends)?;
        fits_window(&self.window, scene.ordered_at, scene.day_zone)
    }
}
