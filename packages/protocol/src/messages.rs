//! The contracts' JSON messages, and the places in their storage that other
//! contracts read raw.

pub mod circuit_registry;
pub mod dataset_registry;
pub mod denomination;
pub mod escrow;
mod incoming;
pub mod jobs;
pub mod model_store;
pub mod predictions;
pub mod time;
mod trusted;

pub use incoming::Message;
pub use trusted::Trusted;

/// The most entries in a page of a list.
pub const MAX_PAGE: u32 = 50;
/// The entries in a page where the query doesn't say.
pub const DEFAULT_PAGE: u32 = 20;

/// The first page of `entries`, and the cursor after which the next one starts.
///
/// # Errors
/// The first error among the entries.
pub fn page<T, K, E>(
    entries: impl Iterator<Item = Result<T, E>>,
    limit: Option<u32>,
    cursor: impl FnOnce(&T) -> K,
) -> Result<(Vec<T>, Option<K>), E> {
    let limit = page_limit(limit);
    let mut page = entries.take(limit + 1).collect::<Result<Vec<T>, E>>()?;
    let more = page.len() > limit;
    page.truncate(limit);
    let next = page.last().filter(|_| more).map(cursor);
    Ok((page, next))
}

/// How many entries a query gets: what it asks for, within `1..=MAX_PAGE`.
pub fn page_limit(limit: Option<u32>) -> usize {
    limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE) as usize
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_with_the_cursor_of_the_next() {
        let entries = || (0..5u32).map(Ok::<_, ()>);
        assert_eq!(
            page(entries(), Some(3), |e| *e),
            Ok((vec![0, 1, 2], Some(2)))
        );
        assert_eq!(page(entries(), Some(5), |e| *e).unwrap().1, None);
        assert_eq!(page(entries(), Some(0), |e| *e), Ok((vec![0], Some(0))));
        let many = (0..1000u32).map(Ok::<_, ()>);
        assert_eq!(page(many, Some(u32::MAX), |e| *e).unwrap().0.len(), 50);
    }
}
