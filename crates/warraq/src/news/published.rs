//! May a reader see it?

/// Something that is published now, as the store found it. Feeds, pages, search and dossiers take nothing else, so that
/// a draft cannot reach them by mistake.
///
/// Nobody else can make one:
/// ```compile_fail,E0603
/// let mine = warraq::news::published::Published("a draft");
/// ```
/// ```compile_fail,E0624
/// let mine = warraq::news::published::Published::vouched("a draft");
/// ```
/// ```compile_fail,E0277
/// let mine: warraq::news::published::Published<&str> = "a draft".into();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<T>(T);

impl<T> Published<T> {
    /// Only `store` may say so, where the statement itself asked for `status = 'published'` (a test of the walls looks).
    pub(crate) fn vouched(value: T) -> Self {
        Self(value)
    }

    /// The thing itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Published<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
