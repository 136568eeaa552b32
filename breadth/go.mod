module github.com/soplint/soplint/breadth

go 1.26.0
