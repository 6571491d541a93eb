"""What people do to the store beside handing in, each asked first whether they may."""
