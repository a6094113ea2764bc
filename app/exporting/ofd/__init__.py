"""Pages → an OFD (GB/T 33190-2016): drawing in XML, faces, outline, 公文 tags. Must not decide where anything stands."""
