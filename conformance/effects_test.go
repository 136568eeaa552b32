package conformance

// The modules that go.mod pins for TestSymbols alone: what calling them changes
// is a matter of names, and nothing is run.
import (
	_ "github.com/Masterminds/squirrel"
	_ "github.com/astaxie/beego/orm"
	_ "github.com/hibiken/asynq"
	_ "github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jmoiron/sqlx"
	_ "github.com/redis/go-redis/v9"
	_ "go.etcd.io/bbolt"
	_ "go.mongodb.org/mongo-driver/v2/mongo"
	_ "golang.org/x/sync/errgroup"
	_ "gorm.io/gorm"
)
