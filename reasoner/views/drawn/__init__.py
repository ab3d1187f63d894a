"""Documents in forms that only some can be told in: pictures, pages that stand alone, networks; a function a form."""
