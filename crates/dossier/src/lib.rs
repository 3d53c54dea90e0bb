//! Who said or did what, when; which words prove it?
