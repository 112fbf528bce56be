//! Lines counted through all batches, and where each batch of them starts.

use crate::normalise::ledger::At;

/// Where each of some parts that follow each other starts, and where the last one ends: those of batches, among all
/// lines.
#[derive(Clone)]
pub(super) struct Starts(Vec<u32>);

impl Starts {
    /// Of parts of these lengths.
    pub fn of(lens: impl Iterator<Item = usize>) -> Starts {
        let ends = lens.scan(0, |end, len| {
            *end += len as u32;
            Some(*end)
        });
        Starts([0].into_iter().chain(ends).collect())
    }

    /// Where each starts, and where the last one ends.
    pub fn all(&self) -> &[u32] {
        &self.0
    }

    /// How long all are together.
    pub fn len(&self) -> usize {
        self.0.last().map_or(0, |end| *end as usize)
    }

    /// The part in which one of all stands, and where in it.
    pub fn at(&self, line: u32) -> At {
        let batch = self.0.partition_point(|start| *start <= line).saturating_sub(1);
        At { batch: batch as u32, index: line - self.0[batch] }
    }

    /// The parts themselves.
    pub fn parts<'v, T>(&self, mut all: &'v mut [T]) -> Vec<&'v mut [T]> {
        let mut parts = Vec::with_capacity(self.0.len());
        for two in self.0.windows(2) {
            let (part, others) = all.split_at_mut((two[1] - two[0]) as usize);
            parts.push(part);
            all = others;
        }
        parts
    }
}
