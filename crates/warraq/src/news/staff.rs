//! Who works here, and what may they do?

super::words! {
    /// What an account may do, from everything to own drafts only.
    Role {
        /// Everything, also accounts and settings.
        Owner = "owner",
        /// Everything that readers see.
        Editor = "editor",
        /// Own articles, also their publication.
        Author = "author",
        /// Own drafts.
        Contributor = "contributor",
    }
}
